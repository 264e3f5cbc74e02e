import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("The user's record")
struct ProfileTests {
    @Test("is asked for with the token in a field, and in no URL, unless the declaration says query")
    func places() async throws {
        try await Scenario().run { desk in
            _ = try await desk.login()
            let (request, query, form) = try #require(desk.requests(for: "/profile").first)
            #expect(request.values(of: "Authorization") == ["Bearer \(Scenario.accessToken)"])
            #expect(query.isEmpty && form.isEmpty && request.method == "GET")
            #expect(desk.upstream.requests.allSatisfy { !$0.target.contains(Scenario.accessToken) })
        }
        let form = Scenario {
            ($0.declaration.profile.method, $0.declaration.profile.token) = (.post, .form)
            $0.declaration.profile.clientIdName = "client_id"
        }
        try await form.run { desk in
            _ = try await desk.login()
            let (request, query, form) = try #require(desk.requests(for: "/profile").first)
            #expect(form == ["access_token": Scenario.accessToken, "client_id": "client-1"])
            #expect(query.isEmpty && request.values(of: "Authorization").isEmpty)
        }
        let query = Scenario {
            ($0.declaration.profile.token, $0.declaration.profile.tokenName) = (.query, "token")
            $0.declaration.profile.parameters = ["fields": "id,name"]
            $0.declaration.profile.tokenParameters = ["openid": "/openid"]
            $0.declaration.profile.headers = ["Accept": "application/vnd.example+json"]
        }
        try await query.run { desk in
            _ = try await desk.login()
            let (request, query, _) = try #require(desk.requests(for: "/profile").first)
            #expect(query == ["token": Scenario.accessToken, "fields": "id,name", "openid": "person-1"])
            #expect(request.values(of: "Authorization").isEmpty)
            #expect(request.values(of: "Accept") == ["application/vnd.example+json"])
        }
    }

    @Test("is asked for with the proof of the secret: RFC 4231, test case 2")
    func proof() throws {
        let client = Client(
            id: "client-1", secret: Secret("Jefe"), method: .post, idName: "client_id", secretName: "client_secret")
        #expect(
            client.proof(of: Secret("what do ya want for nothing?"))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("is not asked for without what the answer with the token must have")
    func missingParameter() async throws {
        let scenario = Scenario { $0.declaration.profile.tokenParameters = ["uid": "/uid"] }
        try await scenario.run { desk in
            let failure = await Scenario.failure { _ = try await desk.login() }
            #expect(failure?.kind == .upstreamMisbehaved)
            #expect(desk.requests(for: "/profile").isEmpty)
        }
    }

    @Test(
        "that is refused, unreadable or elsewhere fails the login, and blames no code",
        arguments: [
            (#"{"id":"person-1"}"#, 401, "upstream_misbehaved"), (#"{"id":"person-1"}"#, 403, "misconfigured"),
            (#"{"id":"person-1"}"#, 404, "upstream_misbehaved"),
            (#"{"error":"invalid_grant"}"#, 200, "upstream_misbehaved"),
            (#"{"error":"own"}"#, 400, "upstream_misbehaved"), (#"{"id":"person-1"}"#, 500, "upstream_unavailable"),
            (#"{"id":"person-1"}"#, 429, "rate_limited"), ("[]", 200, "upstream_misbehaved"),
            ("", 200, "upstream_misbehaved"), (#"{"id":"person-1","id":"person-2"}"#, 200, "upstream_misbehaved"),
        ])
    func refused(answer: String, status: Int, kind: String) async throws {
        let failure = try await Scenario {
            $0.declaration.errors.meanings = ["own": .invalidCredential]
            $0.declaration.errors.statuses = ["403": .misconfigured]
            $0.profileAnswer = .text(answer, status: status)
        }.failure()
        #expect(failure?.kind.rawValue == kind)
    }

    @Test("is where the declaration says, and nowhere else")
    func place() async throws {
        let record: JSONValue = ["data": ["id": "person-1"], "id": "person-2"]
        #expect(try await Scenario(record: record) { $0.profile.record = "/data" }.login().subject == "person-1")
        for elsewhere: JSONValue in [["data": .null], ["data": [["id": "person-1"]]], ["data": "person-1"], [:]] {
            let failure = try await Scenario(record: elsewhere) { $0.profile.record = "/data" }.failure()
            #expect(failure?.kind == .upstreamMisbehaved)
        }
    }

    @Test(
        "is not asked for at an address that a redirect names: no secret follows one",
        arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let elsewhere = try await FakeUpstream.start { _ in [] }
        let location = [HeaderField("Location", "\(elsewhere.baseURL)/profile")]
        for path in ["/token", "/profile"] {
            let failure = try await Scenario { scenario in
                let answer = ServerResponse(status: status, headers: location, body: [])
                if path == "/token" { scenario.tokenAnswer = answer } else { scenario.profileAnswer = answer }
            }.failure()
            #expect(failure?.kind == .upstreamMisbehaved)
        }
        #expect(elsewhere.requests.isEmpty)
        await elsewhere.stop()
    }
}
