import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import FeishuProvider

@Suite("The settings")
struct SettingsTests {
    private func failure(_ change: (inout FeishuProvider.Settings) -> Void) async -> BrokerError? {
        var settings = Scenario().settings
        change(&settings)
        return await Scenario.failure {
            _ = try FeishuProvider(settings: settings, context: ProviderContext(id: "feishu"))
        }
    }

    @Test("are checked, and the error names the wrong one")
    func wrong() async {
        let changes: [(String, (inout FeishuProvider.Settings) -> Void)] = [
            ("appId", { $0.appId = "" }), ("appId", { $0.appId = "cli 1" }),
            ("apiURL", { $0.apiURL = "open.feishu.cn" }), ("authorizeURL", { $0.authorizeURL = "https://a?b" }),
            ("tokenPath", { $0.tokenPath = "open-apis/authen" }), ("tokenPath", { $0.tokenPath = "/a?b=c" }),
            ("tokenPath", { $0.tokenPath = "/a/../b" }), ("tokenPath", { $0.tokenPath = "" }),
            ("tokenPath", { $0.tokenPath = "//evil.example/token" }),
            ("tokenPath", { $0.tokenPath = "https://gateway.example" }),
            ("tokenPath", { $0.tokenPath = "https://gateway.example/a?b=c" }),
            ("tenants", { $0.tenants = [] }), ("tenants", { $0.tenants = [""] }), ("tenants", { $0.tenants = ["a/b"] }),
            ("tenants", { $0.subject = .userID }), ("tenants", { ($0.subject, $0.tenants) = (.userID, ["a", "b"]) }),
            ("scopes", { $0.scopes = ["a b"] }), ("issuer", { $0.issuer = "with space" }),
            ("secret", { $0.secret = .literal(Secret("")) }),
        ]
        for (key, change) in changes {
            let error = await failure(change)
            #expect(error?.kind == .misconfigured, "\(key)")
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
        #expect(await failure { ($0.subject, $0.tenants) = (.userID, ["a"]) } == nil)
    }

    @Test("give the issuer, in which the app is only where its users' ids are its own")
    func issuers() throws {
        func issuer(_ change: (inout FeishuProvider.Settings) -> Void) throws -> String {
            var settings = Scenario().settings
            change(&settings)
            return try FeishuProvider(settings: settings, context: ProviderContext(id: "feishu")).issuer.rawValue
        }
        #expect(try issuer { _ in } == "https://open.feishu.cn")
        #expect(try issuer { $0.apiURL = "https://open.larksuite.com" } == "https://open.larksuite.com")
        #expect(try issuer { $0.subject = .openID } == "https://open.feishu.cn/\(Scenario.appId)")
        // Two tenants' administrators may choose the same user_id.
        for tenant in ["a", "b"] {
            #expect(
                try issuer { ($0.subject, $0.tenants) = (.userID, [tenant]) }
                    == "https://open.feishu.cn/\(Scenario.appId)/\(tenant)")
        }
        #expect(
            try issuer { ($0.apiURL, $0.issuer) = ("https://gateway.example", "https://old.example") }
                == "https://old.example")
    }

    @Test(
        "say where codes are redeemed: at the API, at the pages, or at an address of their own",
        arguments: [
            ("/open-apis/authen/v2/oauth/token", "https://open.feishu.cn/open-apis/authen/v2/oauth/token"),
            ("/oauth/v3/token", "https://accounts.feishu.cn/oauth/v3/token"),
            ("https://gateway.example:8443/oauth/v3/token", "https://gateway.example:8443/oauth/v3/token"),
        ])
    func tokenAddress(tokenPath: String, url: String) throws {
        var settings = Scenario().settings
        settings.tokenPath = tokenPath
        let provider = try FeishuProvider(settings: settings, context: ProviderContext(id: "feishu"))
        #expect(provider.endpoints.map { "\($0.url)" }.contains(url))
    }

    @Test("read from a file have the defaults that the manifest states")
    func decoded() throws {
        let least = #"{"appId":"\#(Scenario.appId)","secret":{"env":"PATH"}}"#
        func settings(_ text: some StringProtocol) throws -> FeishuProvider.Settings {
            try JSONDecoder().decode(FeishuProvider.Settings.self, from: Data(text.utf8))
        }
        let plain = try settings(least)
        let written = Dictionary(
            uniqueKeysWithValues: FeishuProvider.manifest.settings.map { ($0.key, $0.defaultText) })
        #expect(plain.subject.rawValue == written["subject"])
        #expect(plain.appCode.rawValue == written["appCode"])
        #expect(plain.tokenPath == written["tokenPath"])
        #expect(plain.apiURL == written["apiURL"] && plain.authorizeURL == written["authorizeURL"])
        #expect(plain.usesPKCE && written["pkce"] == "required" && "\(plain.nativeCodes)" == written["nativeCodes"])
        #expect(plain.tenants == nil && plain.issuer == nil && plain.scopes.isEmpty)
        #expect(try !settings(least.dropLast() + #","pkce":"off"}"#).usesPKCE)
        for wrong in [#""pkce":"S256""#, #""subject":"email""#, #""appCode":"wx""#] {
            #expect(throws: DecodingError.self) { _ = try settings(least.dropLast() + ",\(wrong)}") }
        }
    }

    @Test("refuse addresses of plain HTTP, except for a page on the same machine")
    func plainHTTP() async {
        func failure(_ change: (inout FeishuProvider.Settings) -> Void) async -> BrokerError.Kind? {
            var scenario = Scenario()
            change(&scenario.settings)
            return await Scenario.failure { [scenario] in _ = try scenario.desk() }?.kind
        }
        #expect(await failure { $0.apiURL = "http://open.feishu.cn" } == .misconfigured)
        #expect(await failure { $0.authorizeURL = "http://accounts.feishu.cn" } == .misconfigured)
        #expect(await failure { $0.authorizeURL = "http://127.0.0.1:8080" } == nil)
        // The broker asks that one itself.
        #expect(
            await failure { ($0.authorizeURL, $0.tokenPath) = ("http://127.0.0.1:8080", "/oauth/v3/token") }
                == .misconfigured)
        #expect(await failure { $0.tokenPath = "http://127.0.0.1:8080/oauth/v3/token" } == .misconfigured)
    }

    @Test("are doubted if something does not fit")
    func advice() {
        var settings = Scenario().settings
        #expect(FeishuProvider.advice(settings: settings).map { $0.contains("tenants") } == [true])
        settings.tenants = [Scenario.tenantKey]
        #expect(FeishuProvider.advice(settings: settings).isEmpty)
        settings.appId = "wx1"
        #expect(FeishuProvider.advice(settings: settings).count == 1)
        settings.usesPKCE = false
        #expect(FeishuProvider.advice(settings: settings).count == 3)
        settings.nativeCodes = false
        #expect(FeishuProvider.advice(settings: settings).count == 2)
        settings.apiURL = "https://open.larksuite.com"
        #expect(FeishuProvider.advice(settings: settings).count == 3)
        settings.authorizeURL = "https://accounts.larksuite.com"
        #expect(FeishuProvider.advice(settings: settings).count == 2)
    }
}
