import BrokerTesting
import OpenIDConnectProvider
import IdentityBroker
import StrictJSON
import Testing

@Suite("The beginning of a login")
struct AuthorizationRequestTests {
    private func query(of scenario: Scenario) async throws -> [String: String] {
        try await scenario.run { desk in
            let start = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            var query = FormText.query(of: start.url)
            for name in ["state", "nonce", "code_challenge"] {
                if query[name]?.isEmpty == false { query[name] = "…" }
            }
            return query
        }
    }

    @Test("sends what OpenID Connect and PKCE ask for, and nothing else")
    func usual() async throws {
        let query = try await query(of: Scenario())
        #expect(
            query == [
                "response_type": "code", "client_id": "client-1", "scope": "openid profile email",
                "redirect_uri": Scenario.callbackURI, "state": "…", "nonce": "…", "code_challenge": "…",
                "code_challenge_method": "S256",
            ])
    }

    @Test("sends what the settings ask for")
    func configured() async throws {
        let query = try await query(
            of: Scenario().with {
                $0.scopes = ["openid", "groups"]
                $0.acrValues = ["urn:high", "urn:low"]
                $0.prompt = "select_account consent"
                $0.maxAge = .seconds(3600)
                $0.parameters = ["ui_locales": "de-AT de", "claims": "&=#"]
                $0.responseMode = .formPost
                $0.pkce = .off
            })
        #expect(
            query == [
                "response_type": "code", "client_id": "client-1", "scope": "openid groups",
                "redirect_uri": Scenario.callbackURI, "state": "…", "nonce": "…", "acr_values": "urn:high urn:low",
                "prompt": "select_account consent", "max_age": "3600", "response_mode": "form_post",
                "ui_locales": "de-AT de", "claims": "&=#",
            ])
    }

    @Test("keeps what the endpoint has in its query")
    func ownQuery() async throws {
        let scenario = Scenario {
            $0.document = { document, base in document["authorization_endpoint"] = .string("\(base)/a/?p=B2C_1") }
        }
        #expect(try await query(of: scenario)["p"] == "B2C_1")
    }
}
