import BrokerTesting
import Foundation
import IdentityBroker
import Testing
import WeComClient

@testable import WeComProvider

@Suite("WeCom's page")
struct AuthorizationTests {
    private func url(_ change: (inout WeComProvider.Settings) -> Void) async throws -> (String, state: String) {
        var scenario = Scenario()
        change(&scenario.settings)
        let start = try await scenario.desk().broker.beginRedirect(
            "wecom", returningTo: "https://app.example:8443/callback?a=b")
        return (start.url, start.flow.state.reveal())
    }

    private let redirectURI = "redirect_uri=https%3A%2F%2Fapp.example%3A8443%2Fcallback%3Fa%3Db"

    @Test("with a QR code is opened with the company's id as appid, and without a fragment")
    func web() async throws {
        let (page, state) = try await url { _ in }
        #expect(
            page == """
                https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=\(Scenario.corpId)\
                &agentid=\(Scenario.agentId)&\(redirectURI)&state=\(state)
                """)
        let (other, _) = try await url { $0.authorizeURL = "https://gateway.example/wx/" }
        #expect(other.hasPrefix("https://gateway.example/wx/wwlogin/sso/login?"))
    }

    @Test(
        "inside WeCom is opened with the documented parameters in their order, and the fragment last and once",
        arguments: WeComScope.allCases)
    func inApp(scope: WeComScope) async throws {
        let (page, state) = try await url { ($0.page, $0.scope) = (.inApp, scope) }
        #expect(
            page == """
                https://open.weixin.qq.com/connect/oauth2/authorize?appid=\(Scenario.corpId)&\(redirectURI)\
                &response_type=code&scope=\(scope.rawValue)&state=\(state)&agentid=\(Scenario.agentId)#wechat_redirect
                """)
        // WeCom takes letters and digits alone, and at most 128 of them.
        #expect(state.utf8.count <= 128)
        #expect(state.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
    }

    @Test("gives the company's own mobile app what WeCom's SDK takes, and is finished by what that returns")
    func mobileApp() async throws {
        for page in WeComPage.allCases {
            let desk = try Scenario { $0.settings.page = page }.desk()
            let start = try await desk.broker.beginRedirect("wecom", returningTo: "https://app.example/callback")
            let request = try #require(WeComAuthRequest(authorizationURL: start.url))
            #expect(request.corpId == Scenario.corpId && request.agentId == Scenario.agentId)
            let response = WeComAuthResponse(
                result: .success, code: Scenario.code, state: request.state, to: request)
            guard case .authorized(let code) = response.outcome else {
                Issue.record("There is no code.")
                return
            }
            let identity = try await desk.broker.login("wecom", with: .callback(code.callback, of: start.flow))
            #expect(identity.subject == "zhangsan")
            #expect(desk.transport.words == ["gettoken", "getuserinfo", "get"])
        }
    }

    @Test(
        "is taken beside a mini program's codes, each redeemed at its own endpoint, so that neither passes for the other"
    )
    func bothWays() async throws {
        for page in WeComPage.allCases {
            let desk = try Scenario { ($0.settings.page, $0.settings.readMember) = (page, false) }.desk()
            _ = try await desk.redirect()
            _ = try await desk.miniProgram("canary-code-of-a-mini-program")
            #expect(desk.transport.words == ["gettoken", "getuserinfo", "jscode2session"])
        }
        // A stolen code of a page, presented as an app's own.
        let thief = try Scenario().answering("jscode2session", #"{"errcode":40029}"#).desk()
        let error = await Scenario.failure { _ = try await thief.miniProgram() }
        #expect(error?.kind == .invalidCredential)
        #expect(thief.transport.requests(to: "getuserinfo").isEmpty)
    }

    @Test(
        "sends a member who declines back without a code",
        arguments: [
            ("state=STATE", .cancelledByUser), ("code=authdeny&state=STATE", .cancelledByUser),
            ("state=wrong", .invalidCredential), ("", .invalidCredential), ("code=authdeny", .invalidCredential),
            ("code=a&code=b&state=STATE", .invalidCredential),
            ("code=\(String(repeating: "c", count: 513))&state=STATE", .invalidCredential),
        ] as [(String, BrokerError.Kind)])
    func refusals(_ callback: String, _ kind: BrokerError.Kind) async throws {
        let desk = try Scenario().desk()
        let error = await Scenario.failure { _ = try await desk.redirect(callback) }
        #expect(error?.kind == kind)
        #expect(error?.credential == .unused)
        #expect(desk.transport.requests.isEmpty)
    }
}
