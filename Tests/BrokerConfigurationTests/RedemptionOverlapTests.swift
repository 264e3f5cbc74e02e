import IdentityBroker
import OpenIDConnectProvider
import Testing
import WXAppProvider
import WeChatProvider

@testable import BrokerConfiguration

@Suite("Two instances of a type")
struct RedemptionOverlapTests {
    private static let resolver = SecretResolver(environment: { _ in "value" }, readFile: { _ in [] })

    /// The places of the warnings about what two instances could both redeem.
    private func overlaps(_ one: String, _ other: String) throws -> [String] {
        let text = "version: 1\nproviders:\n  one: \(one)\n  other: \(other)"
        let configuration = try Configuration(
            yaml: Array(text.utf8), file: "test.yaml", baseDirectory: "/etc/broker",
            providers: ProviderRegistry([
                WXAppProvider.self, WeChatMiniProgramProvider.self, WeChatWebProvider.self, OpenIDConnectProvider.self,
            ]),
            stores: StoreRegistry([.memory]))
        let check = configuration.check(resolver: Self.resolver)
        #expect(check.problems == [])
        return check.warnings.filter { $0.message.contains("redeemed at both") }.map(\.keyPath)
    }

    private static func wxapp(_ settings: String, _ rest: String = "") -> String {
        "{ type: wxapp, settings: { userPoolId: pool, secret: { env: A }, \(settings) }\(rest) }"
    }

    private static func program(_ settings: String) -> String {
        """
        { type: wechat-miniprogram, settings: { appId: wx4f4bc4dec97d474b, secret: { env: A }, openPlatform: p, \(settings) } }
        """
    }

    private static func website(_ settings: String) -> String {
        "{ type: wechat-web, settings: { appId: wx4f4bc4dec97d474b, secret: { env: A }, \(settings) } }"
    }

    private static func client(_ settings: String) -> String {
        """
        { type: oidc, settings: { issuer: https://id.example.com, clientId: a, clientSecret: { env: A }, nativeCodes: true, \
        \(settings) } }
        """
    }

    @Test(
        "are doubted if an app could present one credential to both",
        arguments: [
            (wxapp(""), wxapp("issuer: https://old.example")),
            (wxapp("baseURL: https://core.genauth.cn/"), wxapp("issuer: https://old.example, requestPhone: true")),
            (wxapp("miniProgram: { appId: wx1 }"), wxapp("issuer: https://old.example")),
            (program("subject: openid"), program("subject: unionid")),
            (program("watermarkAge: 1m"), program("issuer: https://old.example")),
        ])
    func doubted(one: String, other: String) throws {
        #expect(try overlaps(one, other) == ["providers.other.settings"])
        #expect(try overlaps(other, one) == ["providers.other.settings"])
    }

    @Test(
        "are not doubted if each has its own upstream, app or credentials, or if both have one issuer",
        arguments: [
            (wxapp(""), wxapp("requestPhone: true")),
            (wxapp("issuer: https://old.example"), wxapp("issuer: https://old.example")),
            (wxapp(""), wxapp("issuer: https://old.example", ", enabled: false")),
            (wxapp(""), wxapp("issuer: https://old.example, baseURL: https://core.genauth.ai")),
            (wxapp(""), wxapp("issuer: https://old.example").replacing("pool", with: "pool2")),
            (program(""), program("issuer: https://old.example, apiURL: https://sh.api.weixin.qq.com")),
            (program(""), program("issuer: https://old.example").replacing("wx4f", with: "wx5f")),
            // No one can present the code of a redirect to another instance.
            (website(""), website("issuer: https://old.example")),
            (website(""), program("issuer: https://old.example")),
            (client(""), client("scopes: [openid]")),
        ])
    func fine(one: String, other: String) throws {
        #expect(try overlaps(one, other) == [])
    }

    @Test("are doubted once each, however many there are")
    func three() throws {
        let others = (1...3).map { "  other\($0): \(Self.wxapp("issuer: https://\($0).example"))" }
        let text = "version: 1\nproviders:\n\(others.joined(separator: "\n"))"
        let configuration = try Configuration(
            yaml: Array(text.utf8), file: "test.yaml", baseDirectory: "/etc/broker",
            providers: ProviderRegistry([WXAppProvider.self]), stores: StoreRegistry([.memory]))
        let warnings = configuration.check(resolver: Self.resolver).warnings.filter {
            $0.message.contains("redeemed at both")
        }
        #expect(warnings.map(\.keyPath) == ["providers.other2.settings", "providers.other3.settings"])
        #expect(warnings.allSatisfy { $0.kind == .advice && $0.message.contains("provider other1 ") })
    }
}
