import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import WeComProvider

@Suite("The settings")
struct SettingsTests {
    private func failure(_ change: (inout WeComProvider.Settings) -> Void) async -> BrokerError? {
        var settings = Scenario().settings
        change(&settings)
        return await Scenario.failure {
            _ = try WeComProvider(settings: settings, context: ProviderContext(id: "wecom"))
        }
    }

    @Test("are checked, and the error names the wrong one")
    func wrong() async {
        let changes: [(String, (inout WeComProvider.Settings) -> Void)] = [
            ("corpId", { $0.corpId = "" }), ("corpId", { $0.corpId = "ww 1" }), ("corpId", { $0.corpId = "ww/../1" }),
            ("agentId", { $0.agentId = "" }), ("agentId", { $0.agentId = "1&2" }),
            ("apiURL", { $0.apiURL = "qyapi.weixin.qq.com" }), ("apiURL", { $0.apiURL = "https://a?b" }),
            ("authorizeURL", { $0.authorizeURL = "login" }),
            ("issuer", { $0.issuer = "" }), ("issuer", { $0.issuer = "with space" }),
            ("secret", { $0.secret = .literal(Secret("")) }),
        ]
        for (key, change) in changes {
            let error = await failure(change)
            #expect(error?.kind == .misconfigured, "\(key)")
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
        #expect(await failure { $0.issuer = "https://old.example/ww1" } == nil)
    }

    @Test("give the issuer, which can be kept when the address changes")
    func issuers() throws {
        func issuer(_ change: (inout WeComProvider.Settings) -> Void) throws -> String {
            var settings = Scenario().settings
            change(&settings)
            return try WeComProvider(settings: settings, context: ProviderContext(id: "wecom")).issuer.rawValue
        }
        #expect(try issuer { _ in } == "https://qyapi.weixin.qq.com/\(Scenario.corpId)")
        // The same company, however its id is written; an encrypted one's case matters.
        #expect(
            try issuer { $0.corpId = Scenario.corpId.uppercased() } == "https://qyapi.weixin.qq.com/\(Scenario.corpId)")
        #expect(try issuer { $0.corpId = "wpAJ2G" } == "https://qyapi.weixin.qq.com/wpAJ2G")
        #expect(
            try issuer { $0.apiURL = "https://gateway.example/wx/" } == "https://gateway.example/wx/\(Scenario.corpId)")
        #expect(
            try issuer { ($0.apiURL, $0.issuer) = ("https://gateway.example", "https://old.example") }
                == "https://old.example")
    }

    @Test("read from a file have the defaults that the manifest states")
    func decoded() throws {
        let least = #"{"corpId":"\#(Scenario.corpId)","agentId":"1","secret":{"env":"PATH"}}"#
        let settings = try JSONDecoder().decode(WeComProvider.Settings.self, from: Data(least.utf8))
        let written = Dictionary(
            uniqueKeysWithValues: WeComProvider.manifest.settings.map { ($0.key, $0.defaultText) })
        #expect(settings.page.rawValue == written["page"])
        #expect(settings.scope.rawValue == written["scope"])
        #expect("\(settings.readMember)" == written["readMember"])
        #expect(settings.apiURL == written["apiURL"])
        #expect(settings.authorizeURL == nil && settings.issuer == nil && settings.encryptedUserids == nil)
        for wrong in [#""page":"app""#, #""scope":"snsapi_login""#] {
            let text = least.dropLast() + ",\(wrong)}"
            #expect(throws: DecodingError.self) {
                _ = try JSONDecoder().decode(WeComProvider.Settings.self, from: Data(text.utf8))
            }
        }
    }

    @Test("refuse addresses of plain HTTP, except for a page on the same machine")
    func plainHTTP() async {
        func failure(_ api: String, _ page: String) async -> BrokerError.Kind? {
            var scenario = Scenario()
            (scenario.settings.apiURL, scenario.settings.authorizeURL) = (api, page)
            return await Scenario.failure { [scenario] in _ = try scenario.desk() }?.kind
        }
        let (api, page) = ("https://qyapi.weixin.qq.com", "https://login.work.weixin.qq.com")
        #expect(await failure("http://qyapi.weixin.qq.com", page) == .misconfigured)
        #expect(await failure(api, "http://login.work.weixin.qq.com") == .misconfigured)
        #expect(await failure(api, "http://127.0.0.1:8080") == nil)
    }

    @Test("are doubted if the company's id does not look like one, or if no page asks for the scope")
    func advice() {
        var settings = Scenario().settings
        #expect(WeComProvider.advice(settings: settings).isEmpty)
        settings.corpId = "WW1A2B3C4D5E6F7A8B"
        #expect(WeComProvider.advice(settings: settings).isEmpty)
        for id in ["ww1", "1000002", "wpSJMYDQAAx8Hz4ZPWc3Q5cqDlW1yz2A"] {
            settings.corpId = id
            #expect(WeComProvider.advice(settings: settings).count == 1)
        }
        settings.corpId = Scenario.corpId
        settings.scope = .privateInfo
        #expect(WeComProvider.advice(settings: settings).count == 1)
        settings.page = .inApp
        #expect(WeComProvider.advice(settings: settings).isEmpty)
    }
}
