import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import AlipayProvider

@Suite("The settings")
struct SettingsTests {
    private func failure(_ change: (inout AlipayProvider.Settings) -> Void) async -> BrokerError? {
        let scenario = Scenario { change(&$0.settings) }
        return await Scenario.failure {
            _ = try AlipayProvider(settings: scenario.settings, context: ProviderContext(id: "alipay"))
        }
    }

    @Test("are checked, and the error names the wrong one")
    func wrong() async {
        func literal(_ text: String) -> SecretReference { .literal(Secret(text)) }
        let changes: [(String, (inout AlipayProvider.Settings) -> Void)] = [
            ("appId", { $0.appId = "" }), ("appId", { $0.appId = "20 21" }), ("appId", { $0.appId = "20~21" }),
            ("appId", { $0.appId = "2021/../1" }),
            ("apiURL", { $0.apiURL = "openapi.alipay.com" }), ("apiURL", { $0.apiURL = "https://a?b" }),
            ("apiURL", { $0.apiURL = "https://openapi.alipay.com/gateway.do" }),
            ("authorizeURL", { $0.authorizeURL = "x" }),
            ("issuer", { $0.issuer = "" }), ("issuer", { $0.issuer = "with space" }),
            ("privateKey", { $0.privateKey = literal("x") }),
            ("privateKey", { $0.privateKey = literal(TestKey.alipayPublic) }),
            ("privateKey", { $0.privateKey = literal(TestKey.short) }),
            ("privateKey", { $0.privateKey = literal(TestKey.pem("ENCRYPTED PRIVATE KEY", TestKey.app)) }),
            ("privateKey", { $0.privateKey = literal(TestKey.pem("PUBLIC KEY", TestKey.app)) }),
            ("alipayPublicKey", { $0.alipayPublicKey = literal(TestKey.app) }),
            ("alipayPublicKey", { $0.alipayPublicKey = literal(TestKey.shortPublic) }),
            ("alipayPublicKey", { $0.alipayPublicKey = literal("AAAA") }),
            ("the app's own", { $0.alipayPublicKey = literal(TestKey.appPublic) }),
        ]
        for (key, change) in changes {
            let error = await failure(change)
            #expect(error?.kind == .misconfigured, "\(key)")
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
        #expect(await failure { $0.issuer = "https://old.example" } == nil)
    }

    @Test("take Alipay's public key in PEM form or in Base64, as SubjectPublicKeyInfo or PKCS #1")
    func publicKeys() async {
        // The 24 bytes before PKCS #1 say that the key is one of RSA.
        let asPKCS1 = String(TestKey.alipayPublic.dropFirst(32))
        for text in [
            TestKey.alipayPublic, TestKey.pem("PUBLIC KEY", TestKey.alipayPublic), asPKCS1,
            TestKey.pem("RSA PUBLIC KEY", asPKCS1),
        ] {
            let scenario = Scenario { $0.settings.alipayPublicKey = .literal(Secret(text)) }
            #expect(await scenario.failure() == nil, "\(text.prefix(30))")
        }
    }

    @Test("give the issuer, which can be kept when the address changes")
    func issuers() throws {
        func issuer(_ change: (inout AlipayProvider.Settings) -> Void) throws -> String {
            try Scenario { change(&$0.settings) }.app().issuer.rawValue
        }
        #expect(try issuer { _ in } == "https://openapi.alipay.com/\(Scenario.appId)")
        #expect(try issuer { $0.subject = .userId } == "https://openapi.alipay.com")
        #expect(
            try issuer { $0.apiURL = "https://openapi-sandbox.dl.alipaydev.com/" }
                == "https://openapi-sandbox.dl.alipaydev.com/\(Scenario.appId)")
        #expect(
            try issuer { ($0.apiURL, $0.issuer) = ("https://gateway.example", "https://old.example") }
                == "https://old.example")
    }

    @Test("are decoded under their keys")
    func decoded() throws {
        let text = """
            {"appId":"1","privateKey":{"env":"A"},"alipayPublicKey":{"file":"b"},"appCertificate":"c","alipayCertificate":"d",\
            "rootCertificate":"e","subject":"user_id","issuer":"f","apiURL":"g","authorizeURL":"h","nativeCodes":false}
            """
        let settings = try JSONDecoder().decode(AlipayProvider.Settings.self, from: Data(text.utf8))
        #expect(settings.appId == "1" && settings.privateKey == .environment("A"))
        #expect(settings.alipayPublicKey == .file("b"))
        #expect(
            [settings.appCertificate, settings.alipayCertificate, settings.rootCertificate, settings.issuer]
                == ["c", "d", "e", "f"])
        #expect(settings.subject == .userId && !settings.nativeCodes)
        #expect(settings.apiURL == "g" && settings.authorizeURL == "h")
        let least = try JSONDecoder().decode(
            AlipayProvider.Settings.self, from: Data(#"{"appId":"1","privateKey":{"env":"A"}}"#.utf8))
        #expect(least.subject == .openId && least.nativeCodes && least.alipayPublicKey == nil)
        #expect(least.apiURL == "https://openapi.alipay.com" && least.authorizeURL == "https://openauth.alipay.com")
    }

    @Test("are advised on if the AppID does not look like one")
    func advice() {
        #expect(AlipayProvider.advice(settings: Scenario().settings).isEmpty)
        #expect(
            AlipayProvider.advice(settings: Scenario { $0.settings.appId = "wx4f4bc4dec97d474b" }.settings).count == 1)
    }
}
