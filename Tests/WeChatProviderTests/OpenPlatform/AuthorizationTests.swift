import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import WeChatProvider

@Suite("WeChat's page")
struct AuthorizationTests {
    private let account = Scenario().account

    private func url(_ desk: LoginDesk) async throws -> (String, state: String) {
        let start = try await desk.broker.beginRedirect("wechat", returningTo: "https://app.example/callback?a=b")
        return (start.url, start.flow.state.reveal())
    }

    @Test("is opened with the documented parameters in their order, and the fragment last and once")
    func addresses() async throws {
        let (web, webState) = try await url(Scenario().desk(WeChatWebProvider.self, .init(account: account)))
        let rest = "redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fa%3Db&response_type=code"
        #expect(
            web == """
                https://open.weixin.qq.com/connect/qrconnect?appid=\(Scenario.appId)&\(rest)&scope=snsapi_login\
                &state=\(webState)#wechat_redirect
                """)
        for scope in WeChatScope.allCases {
            let desk = try Scenario().desk(
                WeChatOfficialAccountProvider.self,
                .init(account: account, scope: scope, authorizeURL: "https://gateway.example/wx/"))
            let (page, state) = try await url(desk)
            #expect(
                page == """
                    https://gateway.example/wx/connect/oauth2/authorize?appid=\(Scenario.appId)&\(rest)\
                    &scope=\(scope.rawValue)&state=\(state)#wechat_redirect
                    """)
        }
        // WeChat takes letters and digits alone, and at most 128 of them.
        #expect(webState.utf8.count <= 128)
        #expect(webState.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
    }

    @Test(
        "sends a user who declines back without a code, or with one that says so",
        arguments: [
            ("state=STATE", .cancelledByUser), ("code=&state=STATE", .cancelledByUser),
            ("code=authdeny&state=STATE", .cancelledByUser), ("code=authdeny&state=wrong", .invalidCredential),
            ("state=wrong", .invalidCredential), ("", .invalidCredential), ("code=authdeny", .invalidCredential),
            ("code=a&code=b&state=STATE", .invalidCredential),
        ] as [(String, BrokerError.Kind)]
    )
    func refusals(_ callback: String, _ kind: BrokerError.Kind) async throws {
        let desk = try Scenario().desk(WeChatWebProvider.self, .init(account: account))
        // Twice: the word is no code, which could be used once.
        for _ in 1...2 {
            let error = await Scenario.failure { _ = try await desk.redirect(callback) }
            #expect(error?.kind == kind)
            #expect(error?.credential == .unused)
        }
        #expect(desk.transport.requests.isEmpty)
    }

    @Test("is the only way to sign in to a website, and there is none to a mobile app's")
    func nativeCodes() async throws {
        let web = try Scenario().desk(WeChatWebProvider.self, .init(account: account))
        #expect(await Scenario.failure { _ = try await web.login(Scenario.credential()) }?.kind == .invalidCredential)
        #expect(web.transport.requests.isEmpty)
        let app = try Scenario().desk(WeChatAppProvider.self, account)
        #expect(try await app.login(Scenario.credential()).subject == Scenario.openid)
    }
}
