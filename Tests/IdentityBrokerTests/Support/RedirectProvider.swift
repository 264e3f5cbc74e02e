import HTTPTypes
import IdentityBroker

/// A provider that needs a redirect, every fault of which a test can choose.
struct RedirectProvider: IdentityProvider, RedirectRequesting {
    struct Settings: Decodable, Sendable {
        var namesItself = false
        /// What the URL that the browser is sent to has for a state; nil for the flow's own.
        var state: String?
        var error: BrokerError?

        init(namesItself: Bool = false, state: String? = nil, error: BrokerError? = nil) {
            (self.namesItself, self.state, self.error) = (namesItself, state, error)
        }

        init(from decoder: any Decoder) throws {}
    }

    static let manifest = ProviderManifest(
        type: "redirect",
        displayName: "Redirect",
        summary: "Signs in at a site.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 64)]
    )

    let issuer = Issuer.example
    let settings: Settings

    init(settings: Settings, context: ProviderContext) throws {
        self.settings = settings
    }

    var namesItselfInResponses: Bool { settings.namesItself }

    func authorizationURL(for flow: RedirectFlow) throws -> String {
        if let error = settings.error { throw error }
        let state = settings.state ?? "state=\(flow.state.reveal())"
        return "https://upstream.example/authorize?client_id=me&\(state)&code_challenge=\(flow.codeChallenge)"
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        guard let flow = credential.flow else { throw BrokerError(.invalidCredential, "The code came without a flow.") }
        let body = "code=\(credential.value.reveal())&code_verifier=\(flow.codeVerifier.reveal())"
        _ = try await exchange.send(
            UpstreamRequest(method: .post, url: .example("token"), headerFields: [:], body: Array(body.utf8)))
        return .person
    }
}
