import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import DingTalkProvider

@Suite("The settings")
struct SettingsTests {
    private func failure(_ change: (inout DingTalkProvider.Settings) -> Void) async -> BrokerError? {
        let scenario = Scenario { change(&$0.settings) }
        return await Scenario.failure {
            _ = try DingTalkProvider(settings: scenario.settings, context: ProviderContext(id: "dingtalk"))
        }
    }

    @Test("are checked, and the error names the wrong one")
    func wrong() async {
        let changes: [(String, (inout DingTalkProvider.Settings) -> Void)] = [
            ("clientId", { $0.clientId = "" }), ("clientId", { $0.clientId = "ding 1" }),
            ("clientId", { $0.clientId = "ding~1" }),
            ("clientId", { $0.clientId = "ding/../1" }),
            ("apiURL", { $0.apiURL = "api.dingtalk.com" }), ("apiURL", { $0.apiURL = "https://a?b" }),
            ("authorizeURL", { $0.authorizeURL = "x" }),
            ("issuer", { $0.issuer = "" }), ("issuer", { $0.issuer = "with space" }),
            ("secret", { $0.clientSecret = .literal(Secret("")) }),
            ("clientSecret", { $0.clientSecret = .literal(Secret("密码")) }),
        ]
        for (key, change) in changes {
            let error = await failure(change)
            #expect(error?.kind == .misconfigured, "\(key)")
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
        #expect(await failure { $0.issuer = "https://old.example" } == nil)
    }

    @Test("are decoded under their keys")
    func decoded() throws {
        let text = """
            {"clientId":"1","clientSecret":{"env":"A"},"subject":"openId","issuer":"f","apiURL":"g","authorizeURL":"h",\
            "nativeCodes":false}
            """
        let settings = try JSONDecoder().decode(DingTalkProvider.Settings.self, from: Data(text.utf8))
        #expect(settings.clientId == "1" && settings.clientSecret == .environment("A") && settings.issuer == "f")
        #expect(settings.subject == .openId && !settings.nativeCodes)
        #expect(settings.apiURL == "g" && settings.authorizeURL == "h")
        let least = try JSONDecoder().decode(
            DingTalkProvider.Settings.self, from: Data(#"{"clientId":"1","clientSecret":{"env":"A"}}"#.utf8))
        #expect(least.subject == .unionId && least.nativeCodes && least.issuer == nil)
        #expect(least.apiURL == "https://api.dingtalk.com" && least.authorizeURL == "https://login.dingtalk.com")
    }
}
