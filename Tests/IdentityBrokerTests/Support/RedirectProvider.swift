import HTTPTypes
import IdentityBroker
import StrictJSON

/// A provider that needs a redirect, with faults that a test chooses.
struct RedirectProvider: IdentityProvider, RedirectRequesting {
    typealias Script = @Sendable (RedirectFlow, RedirectContext) async throws -> AuthorizationRequest

    struct Settings: Decodable, Sendable {
        var form = RedirectForm()
        var begin: Script = { flow, _ in AuthorizationRequest(url: url(for: flow)) }
        var nonceRule: NonceRule?
        /// What happens before the code is sent.
        var beforeExchange: @Sendable (Credential, ExchangeContext) throws -> Void = { _, _ in }
        /// The nonce in the ID token.
        var nonce: @Sendable (RedirectFlow) -> String? = { $0.nonce.reveal() }

        init(
            form: RedirectForm = RedirectForm(),
            nonceRule: NonceRule? = nil,
            begin: Script? = nil,
            nonce: (@Sendable (RedirectFlow) -> String?)? = nil,
            beforeExchange: (@Sendable (Credential, ExchangeContext) throws -> Void)? = nil
        ) {
            self.form = form
            if let beforeExchange { self.beforeExchange = beforeExchange }
            self.nonceRule = nonceRule
            if let nonce { self.nonce = nonce }
            if let begin { self.begin = begin }
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

    var redirectForm: RedirectForm { settings.form }
    var nonceRule: NonceRule? { settings.nonceRule }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        try await settings.begin(flow, context)
    }

    /// The correct URL for a flow.
    static func url(for flow: RedirectFlow) -> String {
        "https://upstream.example/authorize?\(parameters(of: flow))"
    }

    /// The query of the URL.
    static func parameters(of flow: RedirectFlow) -> String {
        "client_id=me&state=\(flow.state.reveal())&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
            + "&code_challenge=\(flow.codeChallenge)&code_challenge_method=S256&nonce=\(flow.nonce.reveal())"
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        guard let flow = credential.flow else { throw BrokerError(.invalidCredential, "The code came without a flow.") }
        try settings.beforeExchange(credential, exchange)
        let body = "code=\(credential.value.reveal())&code_verifier=\(flow.codeVerifier.reveal())"
        _ = try await exchange.send(
            UpstreamRequest(method: .post, url: .example("token"), headerFields: [:], body: Array(body.utf8)))
        var identity = UpstreamIdentity.person
        identity.nonce = settings.nonce(flow)
        for (name, part) in credential.parts { identity.attributes[name] = .string(part.reveal()) }
        return identity
    }
}
