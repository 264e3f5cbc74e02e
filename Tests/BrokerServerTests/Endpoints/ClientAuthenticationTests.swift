import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Authentication of clients")
struct ClientAuthenticationTests {
    @Test("The secret may appear in the header or in the form")
    func methods() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.exchange("alice.1").status == 200)
        let posted: [(String, String)] = [("client_id", "app"), ("client_secret", ServiceBench.secret)]
        #expect(try await bench.post("/oauth2/token", .exchange("alice.2") + posted, as: nil).status == 200)
    }

    @Test(
        "A secret with form-encoded characters works both in the standard form and as most clients send it",
        arguments: ["a+b c%41/=with signs", "100%+20%=120%, or so"]
    )
    func signs(secret: String) async throws {
        let client = try TokenClient(
            id: "signs", authentication: .secret(Secret(secret)), audiences: [ServiceBench.api])
        let bench = try await ServiceBench(clients: [client])
        #expect(try await bench.exchange("alice.1", as: "signs:\(secret)").status == 200)
        let raw = "Basic \(Data("signs:\(secret)".utf8).base64EncodedString())"
        let answer = try await bench.post(
            "/oauth2/token", .exchange("alice.2"), as: nil, headers: [.authorization: raw])
        #expect(answer.status == 200)
        #expect(bench.store.auditEvents.allSatisfy { $0.failure == nil })
    }

    @Test("A public client only gives its id, and only if it may redeem tickets")
    func publicClient() async throws {
        let bench = try await ServiceBench()
        #expect(
            try await bench.post("/oauth2/token", .exchange() + [("client_id", "phone")], as: nil).status == 200)
    }

    @Test(
        "An unauthenticated client is challenged, and the answer does not reveal whether it exists",
        arguments: ["app:wrong", "nobody:\(ServiceBench.secret)", "app:", "phone:\(ServiceBench.secret)"]
    )
    func refused(credentials: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.exchange(as: credentials)
        let stranger = try await bench.exchange(as: "no-such-client:x")
        #expect((answer.status, answer["error"]) == (401, "invalid_client"))
        #expect(answer.text == stranger.text)
        #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic realm=") == true)
        #expect(bench.store.auditEvents.last?.failure == "invalid_client")
        // Nothing was presented to the provider.
        #expect(try await bench.exchange().status == 200)
    }

    @Test("A confidential client without its secret is refused")
    func noSecret() async throws {
        let bench = try await ServiceBench()
        for form in [[("client_id", "app")], []] as [[(String, String)]] {
            let answer = try await bench.post("/oauth2/token", .exchange() + form, as: nil)
            #expect((answer.status, answer["error"]) == (401, "invalid_client"))
        }
    }

    @Test(
        "A header that is not HTTP Basic's is refused",
        arguments: [
            "Basic", "Basic !!!", "Bearer abc", "Basic YXBw", "Basic \(Data([0xFF, 0x3A, 0x61]).base64EncodedString())",
        ]
    )
    func header(value: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post("/oauth2/token", .exchange(), as: nil, headers: [.authorization: value])
        #expect((answer.status, answer["error"]) == (401, "invalid_client"))
    }

    @Test("A public client's id without a secret works in the header as in the form")
    func emptySecret() async throws {
        let bench = try await ServiceBench()
        let empty = ["phone", "app"].map { "Basic \(Data("\($0):".utf8).base64EncodedString())" }
        let known = try await bench.post("/oauth2/token", .exchange(), as: nil, headers: [.authorization: empty[0]])
        #expect(known.status == 200)
        let wrong = try await bench.post("/oauth2/token", .exchange(), as: nil, headers: [.authorization: empty[1]])
        #expect((wrong.status, wrong["error"]) == (401, "invalid_client"))
    }

    @Test("Two headers are refused")
    func twice() async throws {
        let bench = try await ServiceBench()
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        headers.append(HTTPField(name: .authorization, value: "Basic YXBwOng="))
        headers.append(HTTPField(name: .authorization, value: "Basic YXBwOng="))
        let answer = try await bench.send(.post, "/oauth2/token", headers: headers)
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
    }

    @Test("Another client's token is neither revoked nor shown")
    func foreignToken() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["access_token"])
        let stranger = "stranger:\(ServiceBench.secret)"
        let shown = try await bench.post("/oauth2/introspect", [("token", token)], as: stranger)
        #expect(shown.json as NSDictionary == ["active": false])
        #expect(try await bench.post("/oauth2/revoke", [("token", token)], as: stranger).status != 500)
        let own = try await bench.post("/oauth2/introspect", [("token", token)])
        #expect(own.json["active"] as? Bool == true)
    }

    @Test("A revoked token is useless, and revoking it again, or anything else, is not an error")
    func revocation() async throws {
        let bench = try await ServiceBench()
        let issued = try await bench.exchange()
        let token = try #require(issued["access_token"])
        for text in [token, token, "nonsense", "a.b.c"] {
            #expect(try await bench.post("/oauth2/revoke", [("token", text)]).status == 200)
        }
        let shown = try await bench.post("/oauth2/introspect", [("token", token)])
        #expect(shown.json["active"] as? Bool == false)
        let refresh = try await bench.post(
            "/oauth2/token",
            [("grant_type", "refresh_token"), ("refresh_token", try #require(issued["refresh_token"]))])
        #expect((refresh.status, refresh["error"]) == (400, "invalid_grant"))
    }
}
