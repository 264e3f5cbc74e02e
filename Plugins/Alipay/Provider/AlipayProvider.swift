public import IdentityBroker
import StrictJSON
import UpstreamAPI

/// Signs users in with Alipay: on a website by redirect, or in an app or mini program with the code that Alipay gave it.
public struct AlipayProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the gateway's address, with the AppID where ids are the app's own.
    public let issuer: Issuer

    private let app: AlipayApp
    private let takesNativeCodes: Bool

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or which key cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        app = try AlipayApp(settings, in: context)
        issuer = app.issuer
        takesNativeCodes = settings.nativeCodes
    }

    /// Without the codes of an app, if the settings refuse them.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        takesNativeCodes ? manifest : manifest.refusingNativeCodes()
    }

    /// The gateway, and the page.
    public var endpoints: [ProviderEndpoint] { app.endpoints }

    /// Exchanges the code for the user's ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what Alipay's codes mean, and `upstreamMisbehaved` for any answer whose
    ///   signature does not verify.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await CodeExchange(app: app).identity(for: credential.value, in: exchange)
    }
}

extension AlipayProvider: RedirectRequesting {
    /// The code comes back as `auth_code`. Alipay knows no PKCE, and returns the state alone if the user declines.
    public var redirectForm: RedirectForm {
        RedirectForm(codeParameters: ["auth_code"], refusesWithoutCode: true, usesPKCE: false)
    }

    /// Alipay's page (`publicAppAuthorize.htm`), which asks the user for the profile.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var query = FormFields()
        query.add("app_id", app.appId)
        query.add("scope", "auth_user")
        query.add("redirect_uri", flow.redirectURI)
        query.add("state", flow.state.reveal())
        return AuthorizationRequest(url: "\(app.page)?\(query.text)")
    }
}
