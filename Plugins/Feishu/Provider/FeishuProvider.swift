import HTTPTypes
public import IdentityBroker
import OAuthClient
import StrictJSON

/// Signs users of Feishu (飞书) or Lark in: by redirect, or with the code that Feishu's client gives a page or a mini program
/// in it.
///
/// ```swift
/// let staff = try ProviderInstance(
///     FeishuProvider.self,
///     settings: .init(appId: "cli_a5ca35a685b0x26e", secret: .environment("FEISHU_SECRET")),
///     context: ProviderContext(id: "feishu")
/// )
/// ```
public struct FeishuProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address and, unless the subject is the union_id, the
    /// App ID.
    public let issuer: Issuer

    private let app: App
    private let codeExchange: CodeExchange
    private let page: AuthorizationPage

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        app = try App(settings, in: context)
        issuer = app.issuer
        page = try AuthorizationPage(settings, of: app)
        codeExchange = CodeExchange(app, settings, clock: context.clock)
    }

    /// The API with its token endpoint, and the page.
    public var endpoints: [ProviderEndpoint] { app.endpoints }

    /// Without PKCE, only the state binds a code to its redirect, and a stolen one must not come in without it.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        guard !page.form.usesPKCE else { return manifest }
        var manifest = manifest
        manifest.reliesOnStateAlone = true
        for index in manifest.credentials.indices { manifest.credentials[index].acceptsNativeCodes = false }
        return manifest
    }

    /// Exchanges the code for the user's access token, and that for ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what Feishu's codes mean, and `accessDenied` for a user of a tenant
    ///   that the settings do not list.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let issued = try await codeExchange.issued(for: credential, in: exchange)
        let data = try await userInfo(with: issued.token, in: exchange)
        let ids = try PersonIDs(data, from: .userInfo)
        var identity = try app.identity(of: [issued.ids, ids].compactMap(\.self))
        var notices: [FeishuNotice] = []
        Profile(data).fill(&identity.claims, &notices)
        identity.notices = notices.map(\.notice)
        identity.token = issued.token
        identity.furtherSecrets = issued.furtherSecrets
        identity.setRecord { .object(data) }
        return identity
    }

    private func userInfo(with token: Secret, in exchange: ExchangeContext) async throws -> JSONObject {
        let request = UpstreamRequest(
            method: .get, url: app.api.appending("open-apis", "authen", "v1", "user_info"),
            headerFields: [.authorization: "Bearer \(token.reveal())", .accept: "application/json"])
        let answer = try await exchange.send(request).object(from: .userInfo, at: exchange.now)
        guard let data = answer["data"]?.object else {
            throw BrokerError.misbehaved("The answer of Feishu's authen/v1/user_info has no data.")
        }
        return data
    }
}

extension FeishuProvider: RedirectRequesting {
    /// With PKCE, unless the setting `pkce` is off.
    public var redirectForm: RedirectForm { page.form }

    /// Feishu's page, on which the user signs in and agrees.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        page.request(for: flow)
    }
}
