import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import WeChatProvider

@Suite("The settings")
struct SettingsTests {
    private func failure(_ change: (inout WeChatAccountSettings) -> Void) async -> BrokerError? {
        var account = Scenario().account
        change(&account)
        return await Scenario.failure {
            _ = try WeChatMiniProgramProvider(
                settings: .init(account: account), context: ProviderContext(id: "wechat"))
        }
    }

    @Test("are checked, and the error names the wrong one")
    func wrong() async {
        let changes: [(String, (inout WeChatAccountSettings) -> Void)] = [
            ("appId", { $0.appId = "" }), ("appId", { $0.appId = "wx 1" }), ("appId", { $0.appId = "wx/../1" }),
            ("apiURL", { $0.apiURL = "api.weixin.qq.com" }), ("apiURL", { $0.apiURL = "https://a?b" }),
            ("openPlatform", { $0.subject = .unionid }), ("openPlatform", { $0.openPlatform = "" }),
            ("issuer", { $0.issuer = "" }), ("issuer", { $0.issuer = "with space" }),
            ("secret", { $0.secret = .literal(Secret("")) }),
        ]
        for (key, change) in changes {
            let error = await failure(change)
            #expect(error?.kind == .misconfigured, "\(key)")
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
        #expect(await failure { $0.issuer = "https://old.example/wx1" } == nil)
    }

    @Test("give the issuer, which can be kept when the address changes")
    func issuers() throws {
        func issuer(_ change: (inout WeChatAccountSettings) -> Void) throws -> String {
            var account = Scenario().account
            change(&account)
            return try WeChatAppProvider(settings: account, context: ProviderContext(id: "wechat")).issuer.rawValue
        }
        #expect(try issuer { _ in } == "https://api.weixin.qq.com/\(Scenario.appId)")
        #expect(
            try issuer { $0.apiURL = "https://sh.api.weixin.qq.com/" }
                == "https://sh.api.weixin.qq.com/\(Scenario.appId)")
        #expect(
            try issuer { ($0.subject, $0.openPlatform) = (.unionid, "p-1") }
                == "https://api.weixin.qq.com/open-platform/p-1")
        #expect(
            try issuer { ($0.apiURL, $0.issuer) = ("https://gateway.example", "https://old.example") }
                == "https://old.example")
    }

    @Test("read from a file decide on subject, issuer and scope")
    func decoded() async throws {
        let common = #""appId":"\#(Scenario.appId)","secret":{"env":"PATH"},"openPlatform":"p-1""#
        func identity(_ more: String) async throws -> (Identity, LoginDesk) {
            let text = "{\(common),\(more)}"
            let settings = try JSONDecoder().decode(
                WeChatOfficialAccountProvider.Settings.self, from: Data(text.utf8))
            let desk = try Scenario().desk(WeChatOfficialAccountProvider.self, settings)
            return (try await desk.redirect(), desk)
        }
        let (plain, plainDesk) = try await identity(#""subject":"openid""#)
        #expect(plain.subject == Scenario.openid)
        #expect(plainDesk.transport.words == ["access_token", "userinfo"])
        let (shared, _) = try await identity(#""subject":"unionid""#)
        #expect(shared.subject == Scenario.unionid)
        #expect(shared.issuer.rawValue == "https://api.weixin.qq.com/open-platform/p-1")
        let (silent, silentDesk) = try await identity(#""scope":"snsapi_base","issuer":"https://old.example""#)
        #expect(silentDesk.transport.words == ["access_token"])
        #expect(silent.issuer.rawValue == "https://old.example")
        await #expect(throws: DecodingError.self) { _ = try await identity(#""scope":"snsapi_login""#) }
    }

    @Test("bound the age of data", arguments: [-1, 0, 86_401, .max])
    func ages(seconds: Int64) async {
        let settings = WeChatMiniProgramProvider.Settings(account: Scenario().account, watermarkAge: .seconds(seconds))
        let error = await Scenario.failure {
            _ = try WeChatMiniProgramProvider(settings: settings, context: ProviderContext(id: "wechat"))
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("watermarkAge") == true)
    }

    @Test("lead to no address of plain HTTP, but to a page on the same machine")
    func plainHTTP() async throws {
        func failure(_ api: String, _ pages: String? = nil) async -> [BrokerError.Kind?] {
            var account = Scenario().account
            account.apiURL = api
            let (settings, pages) = (account, pages ?? "https://open.weixin.qq.com")
            func failure<Provider: IdentityProvider>(
                _ type: Provider.Type,
                _ settings: Provider.Settings
            ) async -> BrokerError? {
                await Scenario.failure { _ = try Scenario().desk(type, settings) }
            }
            let errors = [
                await failure(WeChatWebProvider.self, .init(account: settings, authorizeURL: pages)),
                await failure(WeChatOfficialAccountProvider.self, .init(account: settings, authorizeURL: pages)),
                await failure(WeChatMiniProgramProvider.self, .init(account: settings)),
                await failure(WeChatAppProvider.self, settings),
            ]
            return errors.map { $0?.kind }
        }
        let api = "https://api.weixin.qq.com"
        #expect(await failure("http://api.weixin.qq.com") == Array(repeating: .misconfigured, count: 4))
        #expect(await failure(api, "http://open.weixin.qq.com") == [.misconfigured, .misconfigured, nil, nil])
        #expect(await failure(api, "http://127.0.0.1:8080") == [nil, nil, nil, nil])
    }

    @Test("are doubted if the scope does not give the subject")
    func scopeAdvice() {
        var settings = WeChatOfficialAccountProvider.Settings(account: Scenario().account, scope: .base)
        #expect(WeChatOfficialAccountProvider.advice(settings: settings).isEmpty)
        settings.account.subject = .unionid
        #expect(WeChatOfficialAccountProvider.advice(settings: settings).count == 1)
        settings.scope = .userInfo
        #expect(WeChatOfficialAccountProvider.advice(settings: settings).isEmpty)
    }

    @Test("are doubted if the AppID does not look like WeChat's")
    func advice() {
        var account = Scenario().account
        #expect(WeChatAppProvider.advice(settings: account).isEmpty)
        for id in ["wx1", "gh_a781a791e29e", "wx4F4BC4DEC97D474B", "tt4f4bc4dec97d474b"] {
            account.appId = id
            #expect(WeChatAppProvider.advice(settings: account).count == 1)
        }
    }
}
