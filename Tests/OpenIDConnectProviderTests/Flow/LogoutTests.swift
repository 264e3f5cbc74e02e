import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("Signing out at an OpenID provider")
struct LogoutTests {
    private static let request = LogoutRequest(
        idToken: Secret("id.token.hint"), returnURI: "https://app.example/signed-out", state: "s1")

    private func url(
        _ endpoint: String?,
        for request: LogoutRequest = Self.request,
        _ settings: @escaping @Sendable (inout OpenIDConnectProvider.Settings) -> Void = { _ in }
    ) async throws -> String? {
        let scenario = Scenario {
            $0.document = { document, _ in document["end_session_endpoint"] = endpoint.map(JSONValue.string) }
        }
        return try await scenario.with(settings).run { desk in try await desk.broker.logoutURL(of: "op", for: request) }
    }

    @Test("has the request's parameters beside the endpoint's own")
    func parameters() async throws {
        let url = try #require(try await url("https://id.example/end?tenant=1"))
        #expect(url.hasPrefix("https://id.example/end?tenant=1&"))
        #expect(
            FormText.query(of: url) == [
                "tenant": "1", "client_id": "client-1", "id_token_hint": "id.token.hint", "state": "s1",
                "post_logout_redirect_uri": "https://app.example/signed-out",
            ])
        let bare = try #require(try await self.url("https://id.example/end", for: LogoutRequest()))
        #expect(bare == "https://id.example/end?client_id=client-1")
    }

    @Test("is not possible where the provider has no endpoint for it, unless a setting names one")
    func endpoint() async throws {
        #expect(try await url(nil) == nil)
        let url = try await url(nil, for: LogoutRequest()) { $0.endpoints.endSession = "https://id.example/out" }
        #expect(url == "https://id.example/out?client_id=client-1")
    }

    @Test(
        "is not possible where the endpoint cannot be read, which fails no login",
        arguments: ["", "/end", "https://id.example/#/end"])
    func unreadable(endpoint: String) async throws {
        #expect(try await url(endpoint) == nil)
    }

    @Test("fails if the endpoint has a parameter of a request in it, whether this request has it or not")
    func conflict() async throws {
        for request in [Self.request, LogoutRequest()] {
            let error = await #expect(throws: BrokerError.self) {
                try await url("https://id.example/end?state=other", for: request)
            }
            #expect(error?.kind == .upstreamMisbehaved)
        }
    }

    @Test("is an ability of oidc and its presets")
    func ability() {
        for kind in [ProviderKind(OpenIDConnectProvider.self)] + OpenIDConnectPreset.all.map(\.kind) {
            #expect(kind.capabilities == [.redirect, .logout])
        }
    }
}
