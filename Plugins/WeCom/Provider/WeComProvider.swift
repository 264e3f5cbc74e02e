public import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// Signs in the members of one company at WeCom (企业微信): by redirect, in any browser or inside WeCom, or with the code that
/// `wx.qy.login` gives a mini program there.
///
/// ```swift
/// let staff = try ProviderInstance(
///     WeComProvider.self,
///     settings: .init(corpId: "ww1a2b3c4d5e6f7a8b", agentId: "1000002", secret: .environment("WECOM_SECRET")),
///     context: ProviderContext(id: "wecom")
/// )
/// ```
///
/// Anyone can bring a code, and WeCom also answers for people who are no members of the company, with other ids and without an
/// error. Only a member's userid is ever a subject.
public struct WeComProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address with the company's id.
    public let issuer: Issuer

    let corporation: Corporation
    let appToken: SharedValue<AppToken>
    let readsMember: Bool
    private let page: AuthorizationPage

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        corporation = try Corporation(settings, in: context)
        issuer = corporation.issuer
        page = try AuthorizationPage(settings, of: corporation)
        appToken = .appAccessToken(of: corporation, clock: context.clock)
        readsMember = settings.readMember
    }

    /// The API, and the page.
    public var endpoints: [ProviderEndpoint] { [corporation.endpoint, page.endpoint] }

    /// Exchanges the code for the member's id, and reads what WeCom tells of the member.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what WeCom's codes mean, and `accessDenied` for anyone but a member of
    ///   this company.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        // Only an app's own code comes without a flow.
        let endpoint: APIEndpoint = credential.flow == nil ? .session : .userInfo
        let response = try await exchange.send(
            with: appToken, refusedIf: { $0.repaired(in: ["errmsg"]).refusesAppToken }
        ) { token in
            request(for: credential, with: token)
        }
        let answer = try response.repaired(in: ["errmsg"]).object(from: endpoint, at: exchange.now)
        let member = try Member(answer, from: endpoint, in: corporation)
        let profile = try await profile(of: member, in: exchange)
        var identity = member.identity(in: corporation, confirmedBy: profile.userids)
        profile.fill(&identity)
        identity.furtherSecrets = answer.secrets
        // The closure lives as long as the identity, so nothing secret goes into it.
        let (shown, shownMember, shownDetails) = (answer.shown, profile.member?.shown, profile.details?.shown)
        identity.setRecord {
            var record = shown
            record["member"] = shownMember.map(JSONValue.object)
            record["details"] = shownDetails.map(JSONValue.object)
            return .object(record)
        }
        return identity
    }

    private func request(for credential: Credential, with token: Secret) -> UpstreamRequest {
        let (api, code) = (corporation.api.appending("cgi-bin"), credential.value.reveal())
        guard credential.flow == nil else {
            return .get(
                api.appending("auth", "getuserinfo"), FormFields(["access_token": token.reveal(), "code": code]))
        }
        return .get(
            api.appending("miniprogram", "jscode2session"),
            FormFields([
                "access_token": token.reveal(), "js_code": code, "grant_type": "authorization_code",
            ]))
    }
}

extension WeComProvider: RedirectRequesting {
    /// Without PKCE.
    public var redirectForm: RedirectForm { AuthorizationPage.form }

    /// WeCom's page with a QR code, or the one inside WeCom, by the setting `page`.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        page.request(for: flow)
    }
}
