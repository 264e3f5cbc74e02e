import BrokerTesting
import HTTPTypes
import LoopbackServer
import Testing

@testable import IdentityBroker

@Suite("A request with an app's token and the credential", .timeLimit(.minutes(15)))
struct AppTokenTests {
    /// An upstream that issues numbered tokens, and accepts only the last of them, or none.
    private final class Upstream: Sendable {
        let issued = Locked(0)
        let answers = Locked<[HTTPResponse.Status]>([])
        /// Whether it issues the same token each time, as some upstreams do until it expires.
        let isSteady: Bool

        init(isSteady: Bool, answers: [HTTPResponse.Status]) {
            self.isSteady = isSteady
            self.answers.withLock { $0 = answers }
        }

        var transport: ScriptedTransport {
            ScriptedTransport { [self] request in
                guard request.head.path == "/token" else {
                    return UpstreamResponse(status: answers.withLock { $0.isEmpty ? .ok : $0.removeFirst() })
                }
                let number = issued.withLock { issued in
                    issued += 1
                    return issued
                }
                return UpstreamResponse(status: .ok, body: Array("canary-token-\(isSteady ? 1 : number)".utf8))
            }
        }
    }

    private static let token = SharedValue<AppToken>.appToken("token", from: .keys("token")) { response in
        AppToken(Secret(String(decoding: response.body, as: UTF8.self)), lifetime: .seconds(7200))
    }

    private static func request(_ credential: Credential, _ token: Secret) -> UpstreamRequest {
        var request = UpstreamRequest.redeeming(credential)
        request.head.headerFields[.authorization] = "Bearer \(token.reveal())"
        return request
    }

    private func makeBench(_ upstream: Upstream, secret: SecretReference? = nil) throws -> Bench {
        try Bench(transport: upstream.transport, secret: secret) { credential, exchange in
            _ = try await exchange.send(with: Self.token, refusedIf: { $0.status == .unauthorized }) { token in
                var request = Self.request(credential, token)
                if secret != nil { request.body += Array(Canary.secret.utf8) }
                return request
            }
            return .person
        }
    }

    /// The app tokens in the requests with the credential.
    private func tokens(_ bench: Bench) -> [String?] {
        bench.transport.sendings.map(\.request).filter { $0.head.path == "/redeem" }
            .map { $0.head.headerFields[.authorization] }
    }

    @Test("is sent once while the token is accepted, and the token is fetched once for all")
    func taken() async throws {
        let bench = try makeBench(Upstream(isSteady: false, answers: []))
        for number in 1...10 { _ = try await bench.login(.ticket("ticket-\(number)")) }
        #expect(tokens(bench) == Array(repeating: "Bearer canary-token-1", count: 10))
        #expect(bench.audit.allSatisfy { $0.notices.isEmpty })
    }

    @Test("is repeated with a newer token, and the event says so")
    func renewed() async throws {
        let bench = try makeBench(Upstream(isSteady: false, answers: [.unauthorized]))
        _ = try await bench.login()
        #expect(tokens(bench) == ["Bearer canary-token-1", "Bearer canary-token-2"])
        #expect(bench.audit.map(\.notices) == [["app_token_renewed"]])
        _ = try await bench.login(.ticket("ticket-2"))
        #expect(tokens(bench).last == "Bearer canary-token-2")
    }

    @Test("is not sent again with the same token")
    func steady() async throws {
        let bench = try makeBench(Upstream(isSteady: true, answers: [.unauthorized]))
        let error = try await bench.refusal()
        #expect((error.kind, error.credential) == (.upstreamUnavailable, .spent))
        #expect(tokens(bench).count == 1)
        #expect(bench.audit.map(\.notices) == [[]])
    }

    @Test("is sent twice at most, and a refused new token is reported to operators")
    func refusedAgain() async throws {
        let bench = try makeBench(Upstream(isSteady: false, answers: [.unauthorized, .unauthorized, .unauthorized]))
        #expect(try await bench.refusal().kind == .misconfigured)
        #expect(tokens(bench).count == 2)
        #expect(bench.audit.map(\.notices) == [["app_token_renewed"]])
    }

    @Test("is not sent at all with a secret from the settings")
    func secretBesideIt() async throws {
        let bench = try makeBench(
            Upstream(isSteady: false, answers: [.unauthorized]), secret: .literal(Secret(Canary.secret)))
        #expect(try await bench.refusal().kind == .internalError)
        #expect(tokens(bench).isEmpty)
    }

    @Test("is not sent again with anything but another token")
    func otherRequest() async throws {
        let upstream = Upstream(isSteady: false, answers: [.unauthorized])
        let bench = try Bench(transport: upstream.transport) { credential, exchange in
            _ = try await exchange.send(with: Self.token, refusedIf: { $0.status == .unauthorized }) { token in
                var request = Self.request(credential, token)
                request.body += Array("&number=\(upstream.issued.withLock { $0 })".utf8)
                return request
            }
            return .person
        }
        #expect(try await bench.refusal().kind == .internalError)
        #expect(tokens(bench).count == 1)
    }

    @Test("leaves no refused token for the next login, whose credential would be spent on it")
    func refusedToken() async throws {
        let bench = try makeBench(Upstream(isSteady: true, answers: [.unauthorized, .unauthorized]))
        #expect(try await bench.refusal().credential == .spent)
        let error = try await bench.refusal(of: .ticket("ticket-2"))
        #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
        #expect(tokens(bench).count == 1)
    }

    @Test("is repeated only once")
    func onceALogin() async throws {
        let upstream = Upstream(isSteady: false, answers: [.unauthorized, .ok, .unauthorized])
        let bench = try Bench(transport: upstream.transport) { credential, exchange in
            for _ in 1...2 {
                _ = try await exchange.send(with: Self.token, refusedIf: { $0.status == .unauthorized }) {
                    Self.request(credential, $0)
                }
            }
            return .person
        }
        #expect(try await bench.refusal().kind == .internalError)
        #expect(tokens(bench).count == 2)
    }

    @Test("may only replace an answered one")
    func record() {
        var record = DepartureRecord()
        let (first, second) = (UpstreamRequest.redeeming(.ticket("abc")), UpstreamRequest.keys("second"))
        #expect(record.begin(second, insteadOf: first, bearsCredential: true) == .repeated, "nothing was sent")
        #expect(record.begin(first, bearsCredential: true) == nil)
        #expect(record.begin(second, insteadOf: first, bearsCredential: true) == .repeated, "it is under way")
        var lost = record
        lost.end(first, mayHaveLeft: true, answered: false)
        #expect(lost.begin(second, insteadOf: first, bearsCredential: true) == .repeated, "it may have arrived")
        record.end(first, mayHaveLeft: true, answered: true)
        #expect(record.begin(first, insteadOf: first, bearsCredential: true) == .repeated)
        var sealed = record
        sealed.seal()
        #expect(sealed.begin(second, insteadOf: first, bearsCredential: true) == .sealed)
        #expect(record.begin(second, insteadOf: first, bearsCredential: true) == nil)
        #expect(record.departure == .unanswered)
        record.end(second, mayHaveLeft: false, answered: false)
        #expect(record.begin(second, insteadOf: first, bearsCredential: true) == .repeated, "once a login")
        #expect(record.begin(.keys("third"), bearsCredential: true) == .credentialHasLeft)
    }
}
