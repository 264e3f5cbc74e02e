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
