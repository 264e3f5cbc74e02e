import HTTPTypes
public import IdentityBroker
import StrictJSON
import UpstreamAPI

/// Signs in users of Feishu (飞书) or Lark: by redirect, or with the code that Feishu's client gives a page or a mini program
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
    /// The issuer of the subjects: the setting `issuer`, or the API's address with, unless the subject is the union_id, the
    /// App ID and, if it is the user_id, the tenant.
    public let issuer: Issuer

    private let app: App
    private let codeExchange: CodeExchange
    private let page: AuthorizationPage
    private let takesNativeCodes: Bool

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        app = try App(settings, in: context)
        issuer = app.issuer
        page = try AuthorizationPage(settings, of: app)
        codeExchange = CodeExchange(app, settings, clock: context.clock)
        takesNativeCodes = settings.nativeCodes
    }

    /// The API with its token endpoint, and the page.
    public var endpoints: [ProviderEndpoint] { app.endpoints }

    /// Without PKCE, only the state binds a code to its redirect. An app's own codes are taken unless the settings say
    /// otherwise.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        var manifest = manifest
        manifest.reliesOnStateAlone = !page.form.usesPKCE
        for index in manifest.credentials.indices {
            manifest.credentials[index].acceptsNativeCodes = takesNativeCodes
        }
        return manifest
    }

    /// Exchanges the code for the user's access token, and that for ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what Feishu's codes mean, and `accessDenied` for a user of a tenant
    ///   that the settings do not list.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let issued = try await codeExchange.issued(for: credential, in: exchange)
        let data = try await profile(for: issued, in: exchange)
        let ids = try data.map { data throws(BrokerError) in try PersonIDs(data, from: .userInfo) }
        var identity = try app.identity(of: [issued.ids, ids].compactMap(\.self))
        var notices: [FeishuNotice] = data == nil ? [.profileUnreadable] : []
        if let data { Profile(data).fill(&identity.claims, &notices) }
        identity.notices = notices.map(\.notice)
        identity.token = issued.token
        identity.furtherSecrets = issued.furtherSecrets
        if let data { identity.setRecord { .object(data) } }
        return identity
    }

    /// What Feishu tells of the user; nil if it cannot be read, and is not needed to know who the user is.
    private func profile(for issued: CodeExchange.Issued, in exchange: ExchangeContext) async throws -> JSONObject? {
        guard let ids = issued.ids, app.isEnough(ids) else {
            guard let token = issued.token else {
                throw BrokerError.misbehaved("Feishu answered the code without a token.")
            }
            return try await userInfo(with: token, in: exchange)
        }
        guard let token = issued.token else { return nil }
        // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        do throws(BrokerError) {
            return try await userInfo(with: token, in: part)
        } catch {
            guard error.kind != .cancelled, error.kind != .accessDenied, !exchange.deadline.isOver else { throw error }
            return nil
        }
    }

    private func userInfo(
        with token: Secret,
        in exchange: ExchangeContext
    ) async throws(BrokerError) -> JSONObject {
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
