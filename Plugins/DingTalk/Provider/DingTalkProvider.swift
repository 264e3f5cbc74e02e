public import IdentityBroker
import UpstreamAPI

/// Signs users in with DingTalk: by redirect, or with the code that DingTalk's SDK gave a mobile app.
public struct DingTalkProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address, with the Client ID where ids are the app's own.
    public let issuer: Issuer

    private let app: DingTalkApp
    private let takesNativeCodes: Bool

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        app = try DingTalkApp(settings, in: context)
        issuer = app.issuer
        takesNativeCodes = settings.nativeCodes
    }

    /// Without the codes of an app, if the settings refuse them.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        takesNativeCodes ? manifest : manifest.refusingNativeCodes()
    }

    /// The API, and the page.
    public var endpoints: [ProviderEndpoint] { app.endpoints }

    /// Exchanges the code for the user's ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what DingTalk's codes mean, and `interactionRequired` for a visitor.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await CodeExchange(app: app).identity(for: credential.value, in: exchange)
    }
}

extension DingTalkProvider: RedirectRequesting {
    /// The code comes back as `authCode`, as `code`, or as both. DingTalk knows no PKCE.
    public var redirectForm: RedirectForm {
        RedirectForm(codeParameters: ["authCode", "code"], refusesWithoutCode: true, usesPKCE: false)
    }

    /// DingTalk's page (`oauth2/auth`), which opens only if it asks for consent.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var query = FormFields()
        query.add("client_id", app.clientId)
        query.add("redirect_uri", flow.redirectURI)
        query.add("response_type", "code")
        query.add("scope", "openid")
        query.add("state", flow.state.reveal())
        query.add("prompt", "consent")
        return AuthorizationRequest(url: "\(app.page)?\(query.text)")
    }
}
