import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Tokens of a client's own (RFC 6749 §4.4)")
struct ClientCredentialsTests {
    private static let machine = "machine:\(ServiceBench.secret)"

    private func bench() async throws -> ServiceBench {
        let machine = try TokenClient(
            id: "machine", authentication: .secret(Secret(ServiceBench.secret)), grants: [.clientCredentials],
            audiences: [ServiceBench.api])
        return try await ServiceBench(clients: ServiceBench.clients() + [machine])
    }

    private func ask(_ bench: ServiceBench, _ form: [(String, String)] = []) async throws -> Answer {
        try await bench.post("/oauth2/token", [("grant_type", "client_credentials")] + form, as: Self.machine)
    }

    @Test("The answer has an access token and nothing of a person")
    func answer() async throws {
        let bench = try await bench()
        let answer = try await ask(bench)
        #expect(answer.status == 200)
        #expect(Set(answer.json.keys) == ["access_token", "token_type", "expires_in"])
        #expect(answer["token_type"] == "Bearer" && answer.json["expires_in"] as? Int == 600)
    }

    @Test("It is active, opens nothing at userinfo, and can be revoked")
    func life() async throws {
        let bench = try await bench()
        let token = try #require(try await ask(bench)["access_token"])
        func introspect() async throws -> Answer {
            try await bench.post("/oauth2/introspect", [("token", token)], as: Self.machine)
        }
        let active = try await introspect()
        #expect(active.json["active"] as? Bool == true && active["sub"] == "machine" && active["sid"] == nil)
        let userInfo = try await bench.send(
            .get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(token)"])
        #expect(userInfo.status == 401)
        #expect(userInfo.headers[.wwwAuthenticate]?.contains(#"error="invalid_token""#) == true)
        #expect(try await bench.post("/oauth2/revoke", [("token", token)], as: Self.machine).status == 200)
        #expect(try await introspect().text == #"{"active":false}"#)
    }

    @Test("What it cannot be asked for is refused in the standard's words")
    func refusals() async throws {
        let bench = try await bench()
        #expect(try await ask(bench, [("scope", "openid")])["error"] == "invalid_scope")
        #expect(try await ask(bench, [("audience", "https://other.example.com")])["error"] == "invalid_target")
        let form = [("grant_type", "client_credentials")]
        #expect(try await bench.post("/oauth2/token", form)["error"] == "unauthorized_client")
        #expect(
            try await bench.post("/oauth2/token", form + [("client_id", "phone")], as: nil)["error"]
                == "unauthorized_client")
    }
}
