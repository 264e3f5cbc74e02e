import BrokerConfiguration
import Foundation
import IdentityBroker
import OpenIDConnectProvider
import Testing

@Suite("The configuration of presets")
struct PresetConfigurationTests {
    private static func registry() throws -> ProviderRegistry {
        try ProviderRegistry([ProviderKind(OpenIDConnectProvider.self)] + OpenIDConnectPreset.all.map(\.kind))
    }

    private static func configuration(_ type: String, _ settings: String) throws -> Configuration {
        try Configuration(
            yaml: """
                version: 1
                providers:
                  login:
                    type: \(type)
                    settings: { clientId: client-1, \(settings) }
                """.utf8,
            file: "broker.yaml", baseDirectory: "/", providers: registry(), stores: StoreRegistry([.memory]))
    }

    @Test(
        "is as short as a client and what only its owner knows",
        arguments: [
            ("google", "clientSecret: { env: S }", "https://accounts.google.com"),
            ("line", "clientSecret: { env: S }", "https://access.line.me"),
            ("slack", "clientSecret: { env: S }", "https://slack.com"),
            ("linkedin", "clientSecret: { env: S }", "https://www.linkedin.com/oauth"),
            ("twitch", "clientSecret: { env: S }", "https://id.twitch.tv/oauth2"),
            ("gitlab", "clientSecret: { env: S }", "https://gitlab.com"),
            (
                "keycloak", "clientSecret: { env: S }, baseURL: https://id.example.com, realm: staff",
                "https://id.example.com/realms/staff"
            ),
            ("genauth", "clientSecret: { env: S }, baseURL: https://a.genauth.ai", "https://a.genauth.ai/oidc"),
            (
                "microsoft", "clientSecret: { env: S }, tenants: [any]",
                "https://login.microsoftonline.com/{tenantid}/v2.0"
            ),
            (
                "microsoft", "clientSecret: { env: S }, tenants: [72f988bf-86f1-41af-91ab-2d7cd011db47]",
                "https://login.microsoftonline.com/{tenantid}/v2.0"
            ),
            (
                "apple", "teamId: ABCDE12345, keyId: FGHIJ67890, privateKey: { env: KEY }",
                "https://appleid.apple.com"
            ),
        ])
    func least(type: String, settings: String, issuer: String) throws {
        let resolver = SecretResolver(
            environment: { $0 == "KEY" ? Self.key : "a-secret-of-the-client" }, readFile: { _ in [] })
        let instance = try Self.configuration(type, settings).makeInstance("login", resolver: resolver)
        #expect(instance.issuer?.rawValue == issuer)
        #expect(instance.manifest.icon == type)
    }

    @Test("may have the tenant's placeholder in an issuer, and no other")
    func placeholder() throws {
        let rest = "clientSecret: { env: S }, tenants: [any]"
        _ = try Self.configuration("oidc", "issuer: 'https://id.example.com/{tenantid}', \(rest)")
        let error = #expect(throws: ConfigurationError.self) {
            try Self.configuration("oidc", "issuer: 'https://id.example.com/{tenant}', \(rest)")
        }
        #expect(error?.problems.map(\.keyPath) == ["providers.login.settings.issuer"])
    }

    @Test(
        "needs what has no default",
        arguments: [("microsoft", "tenants"), ("apple", "privateKey"), ("keycloak", "realm")])
    func missing(type: String, key: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.configuration(type, "scopes: [openid]") }
        #expect(error?.problems.contains { $0.keyPath == "providers.login.settings.\(key)" } == true)
    }

    @Test("names the setting that cannot be part of an issuer")
    func refusedText() throws {
        let settings = "clientSecret: { env: S }, baseURL: https://id.example.com, realm: a b"
        let resolver = SecretResolver(environment: { _ in "a-secret-of-the-client" }, readFile: { _ in [] })
        let configuration = try Self.configuration("keycloak", settings)
        let error = #expect(throws: BrokerError.self) {
            try configuration.makeInstance("login", resolver: resolver)
        }
        #expect(error?.kind == .misconfigured && error?.message.contains("realm must be") == true)
    }

    @Test("says how the client authenticates by default, and what stands for its secret")
    func documentation() throws {
        func text(_ preset: OpenIDConnectPreset, _ key: String) -> String? {
            preset.kind.manifest.settings.first { $0.key == key }?.documentation
        }
        #expect(text(.google, "authMethod")?.contains("client_secret_post") == true)
        #expect(text(.keycloak, "authMethod")?.contains("client_secret_post") == false)
        #expect(text(.apple, "clientSecret")?.contains("privateKey") == true)
    }

    @Test("is in the schema, with the preset's own defaults")
    func schema() throws {
        let json = try ConfigurationSchema(providers: Self.registry(), stores: StoreRegistry([.memory])).json
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        func settings(_ type: String) -> [String: Any] {
            ["$defs", "provider.\(type)", "properties", "settings"].reduce(schema as Any?) {
                ($0 as? [String: Any])?[$1]
            }
                as? [String: Any] ?? [:]
        }
        func value(_ type: String, _ key: String) -> Any? {
            ((settings(type)["properties"] as? [String: Any])?[key] as? [String: Any])?["default"]
        }
        #expect(value("google", "issuer") as? String == "https://accounts.google.com")
        #expect(value("microsoft", "issuer") as? String == "https://login.microsoftonline.com/{tenantid}/v2.0")
        #expect(value("apple", "responseMode") as? String == "form_post")
        #expect(value("linkedin", "nonce") as? String == "absent")
        #expect(value("keycloak", "issuer") == nil)
        #expect(settings("microsoft")["required"] as? [String] == ["clientId", "tenants"])
        #expect(settings("google")["required"] as? [String] == ["clientId"])
    }

    /// A key that is used nowhere.
    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4YUn9h8sN6FmYRbH
        627s7+A55PzHDkjzvPpv9a87oFuhRANCAATPA5ONLcZkRhDV18g/bB5BOqmZ3PSO
        d160knvYG7L2wlofRTvcNAi4gWm8rS40+2MezYOgv12noLShra8Qeji8
        -----END PRIVATE KEY-----
        """
}
