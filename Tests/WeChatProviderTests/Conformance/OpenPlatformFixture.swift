import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing
import WeChatProvider

@Suite("The provider for websites, like any other,")
struct WebConformanceTests {
    @Test(
        "conforms",
        arguments: ProviderConformance(OpenPlatformFixture<WeChatWebProvider>(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

@Suite("The provider for official accounts, like any other,")
struct OfficialAccountConformanceTests {
    @Test(
        "conforms",
        arguments: ProviderConformance(OpenPlatformFixture<WeChatOfficialAccountProvider>(), patience: .seconds(300))
            .cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

@Suite("The provider for mobile apps, like any other,")
struct AppConformanceTests {
    @Test(
        "conforms",
        arguments: ProviderConformance(OpenPlatformFixture<WeChatAppProvider>(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// A website, a mobile app or an official account, which is bound to an account of the Open Platform.
struct OpenPlatformFixture<Provider: IdentityProvider>: ProviderFixture {
    private let appId = "wxbdc5610cc59c1631"
    private static var secret: String { "canary-Rb4kXv6JmZpT8wQa" }

    let secrets = ["WECHAT_SECRET": secret]
    let requestsPerLogin = 2
    let optionalRequests: Set<Int> = [2]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "WeChat tells of a user who is not let in by an error code, which is among the refusals.",
        .addressees: "An answer names neither app nor login: it comes from WeChat itself, for the code alone.",
    ]

    func settings(upstream baseURL: String) -> String {
        """
        appId: \(appId)
        secret: { env: WECHAT_SECRET }
        apiURL: \(baseURL)
        subject: openid
        openPlatform: platform-of-the-kit
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        guard Provider.self is any RedirectRequesting.Type else { return .authorizationCode("code-\(person.tag)") }
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let state = FormText.query(of: String(start.url.prefix { $0 != "#" }))["state"] ?? ""
        return .callback("code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        var openid: String? = #""open-\#(person.number)""#
        switch variant {
        case .correct: break
        case .identifier(.contradicting):
            if request.target.hasPrefix("/sns/userinfo") { openid = #""somebody-else""# }
        case .identifier(let fault): openid = fault.json
        default: return nil
        }
        let query = FormText.query(of: request.target)
        let ids = (openid.map { #""openid":\#($0),"# } ?? "") + #""unionid":"union-\#(person.number)""#
        switch request.target.prefix(while: { $0 != "?" }) {
        case "/sns/oauth2/access_token":
            let expected = [
                "appid": appId, "secret": Self.secret, "code": "code-\(person.tag)", "grant_type": "authorization_code",
            ]
            guard query == expected else { return nil }
            return .plain(
                #"{"access_token":"access-\#(person.tag)","expires_in":7200,"refresh_token":"refresh-\#(person.tag)",\#(ids)}"#
            )
        case "/sns/userinfo":
            guard
                query == ["access_token": "access-\(person.tag)", "openid": "open-\(person.number)", "lang": "zh_CN"],
                let name = Self.json(person.name), let picture = Self.json(person.picture)
            else { return nil }
            return .plain(#"{"nickname":\#(name),"sex":2,"headimgurl":\#(picture),"privilege":[],\#(ids)}"#)
        default: return nil
        }
    }

    private static func json(_ text: String) -> String? {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.nickname, claims.picture, claims.gender) = (
            person.name, person.name, person.picture, "female"
        )
        return ExpectedIdentity(
            subject: "open-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(
                    type: "wechat_unionid", scope: "platform-of-the-kit", value: "union-\(person.number)"),
                AlternateIdentifier(type: "wechat_openid", scope: appId, value: "open-\(person.number)"),
            ],
            attributes: [:], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            .weChat("a code that it does not know", 40029, .invalidCredential),
            .weChat("a code that was used", 40163, .credentialAlreadyUsed),
            .weChat("a wrong secret", 40125, .misconfigured),
            .weChat("a user who is restricted", 50002, .accessDenied),
            .weChat("too many requests", 45011, .rateLimited),
            .weChat("a system that is busy", -1, .upstreamUnavailable),
            UpstreamRefusal("a user of a snapshot", means: .interactionRequired) {
                .plain(#"{"openid":"\#($0)","unionid":"\#($0)","access_token":"\#($0)","is_snapshotuser":1}"#)
            },
        ]
    }
}
