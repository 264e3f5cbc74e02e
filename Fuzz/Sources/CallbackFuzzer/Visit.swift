import Foundation
import FuzzSupport
import HTTPTypes
import IdentityBroker
import Synchronization

/// Logins at a site that end with a text, each in a flow of its own.
struct Visit: Sendable {
    /// What became of one text.
    struct Answer: Sendable {
        let text: String
        let outcome: Result<Identity, BrokerError>
        /// What the site was sent.
        let sent: [Sent]
        /// What became of the same text when it was brought once more, and then of an answer with another code; nil if it
        /// signed in.
        let again: BrokerError.Kind?
        let other: BrokerError.Kind?
        /// Where no secret may stand.
        let traces: [String]
    }

    /// A code, and the `user` with it.
    struct Sent: Sendable, Equatable {
        let code: String
        let user: String?
    }

    let site: Site
    let state: String
    let answers: [Answer]

    /// - Parameter texts: The texts, given the state. All flows have the same one.
    init(of site: Site, bringing texts: @escaping @Sendable (String) -> [String]) {
        self.site = site
        let state = String(repeating: "5a", count: 32)
        self.state = state
        answers = waiting {
            var answers: [Answer] = []
            for text in texts(state) { answers.append(await Self.answer(text, at: site)) }
            return answers
        }
    }

    private static func answer(_ text: String, at site: Site) async -> Answer {
        let transport = Recorder()
        let store = MemoryStore()
        do {
            let instance = try ProviderInstance(
                SiteProvider.self, settings: .init(site: site), context: ProviderContext(id: "site"))
            let broker = try Broker(
                providers: [instance], transport: transport, store: store,
                randomness: RandomSource { [UInt8](repeating: 0x5A, count: $0) })
            let flow = try await broker.beginRedirect("site", returningTo: "https://app.example/callback").flow
            func login(_ text: String) async -> Result<Identity, BrokerError> {
                do throws(BrokerError) {
                    let credential = Credential.callback(text, of: flow, by: site.form.responseMode)
                    return .success(try await broker.login("site", with: credential))
                } catch {
                    return .failure(error)
                }
            }
            let outcome = await login(text)
            let sent = transport.sent
            let again = await login(text).kind
            let other = await login("code=planted.code.4711&state=\(flow.state.reveal())&iss=\(site.name)").kind
            return Answer(
                text: text, outcome: outcome, sent: sent, again: again, other: other,
                traces: store.auditEvents.map { "\($0)" } + [String(reflecting: outcome)])
        } catch {
            // No input reaches this: the site and its store are fixed. If it throws, the fuzzer itself is broken.
            fatalError("No redirect login begins: \(error)")
        }
    }
}

extension Result where Failure == BrokerError {
    fileprivate var kind: BrokerError.Kind? {
        if case .failure(let error) = self { error.kind } else { nil }
    }
}

/// A transport that records what it is sent, and answers with nothing.
private final class Recorder: UpstreamTransport {
    private let bodies = Mutex<[[UInt8]]>([])

    var sent: [Visit.Sent] {
        bodies.withLock { bodies in
            bodies.map { body in
                let parts = body.split(
                    separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false
                ).map { String(decoding: $0, as: UTF8.self) }
                return Visit.Sent(code: parts[0], user: parts.count > 1 ? parts[1] : nil)
            }
        }
    }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        bodies.withLock { $0.append(request.body) }
        return UpstreamResponse(status: .ok, body: [])
    }
}
