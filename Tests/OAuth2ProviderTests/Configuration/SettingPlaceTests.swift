import BrokerConfiguration
import Foundation
import IdentityBroker
import Testing

@testable import OAuth2Provider

@Suite("A problem with a setting")
struct SettingPlaceTests {
    private static let resolver = SecretResolver(environment: { _ in "a-secret-of-the-client" }, readFile: { _ in [] })

    private static let declaration = """
        issuer: "https://{host}"
        authorization: { url: "https://{host}/authorize" }
        token: { url: "https://{host}/token" }
        profile: { url: "https://{host}/me" }
        subject: [/id]
        """

    /// The problems of an instance, each with its line and column in the configuration, or in the declaration.
    private static func problems(_ setting: String, _ type: String, network: String = "{}") throws -> [String] {
        let file = GuideText.file(holding: declaration)
        let own = type == "oauth2" ? "      declaration: \(file)\n" : ""
        let host = type == "oauth2" && !setting.hasPrefix("host") ? "      host: git.example\n" : ""
        let client = setting.hasPrefix("clientId") ? "" : "      clientId: client-1\n"
        let configuration = try Configuration(
            yaml: """
                providers:
                  login:
                    type: \(type)
                    network: \(network)
                    settings:
                      \(setting)
                \(own)\(host)\(client)      clientSecret: { env: S }
                version: 1
                """.utf8,
            file: "broker.yaml", baseDirectory: "/",
            providers: ProviderRegistry([ProviderKind(OAuth2Provider.self)] + OAuth2Preset.all.map(\.kind)),
            stores: StoreRegistry([.memory]))
        return configuration.check(resolver: resolver).problems.map {
            "\($0.position.map { "\($0)" } ?? "-") \($0.keyPath): \($0.message)"
        }
    }

    @Test(
        "is reported at its own key",
        arguments: [
            ("host: a b", "oauth2", "6:13 providers.login.settings.host: host must be"),
            ("host: Git.example", "oauth2", "6:13 providers.login.settings.host: host must be"),
            ("issuer: \"https://a?b\"", "github", "6:15 providers.login.settings.issuer: issuer must be"),
            ("clientId: \"é\"", "github", "6:17 providers.login.settings.clientId: clientId must be"),
            ("scopes: [\"a b\"]", "github", "6:15 providers.login.settings.scopes: scopes has an element"),
            ("emails: always", "discord", "6:15 providers.login.settings.emails: emails is always"),
            (
                "parameters: { state: a }", "github",
                "6:19 providers.login.settings.parameters: The parameter state is set"
            ),
            (
                "endpoints: { token: ftp://a }", "github",
                "6:27 providers.login.settings.endpoints.token: endpoints.token must be"
            ),
            (
                "endpoints: { authorization: \"https://a/?state=b\" }", "github",
                "6:35 providers.login.settings.endpoints.authorization: The authorization endpoint has"
            ),
            (
                "endpoints: { emails: https://a }", "discord",
                "6:28 providers.login.settings.endpoints.emails: endpoints.emails is set"
            ),
        ])
    func place(setting: String, type: String, problem: String) throws {
        let problems = try Self.problems(setting, type)
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test(
        "is found before a login: plain HTTP, unless the network rules allow it or a browser stays on the machine",
        arguments: [
            ("token: http://id.example/t", "The token endpoint is plain HTTP"),
            ("userInfo: http://127.0.0.1/t", "The profile endpoint is plain HTTP"),
            ("emails: http://id.example/t", "The endpoint for e-mail addresses is plain HTTP"),
            ("authorization: http://id.example/t", "The authorization endpoint is plain HTTP"),
            ("authorization: http://127.0.0.1:8000/t", nil), ("authorization: http://localhost/t", nil),
            ("token: https://id.example/t", nil),
        ] as [(String, String?)])
    func plainHTTP(endpoint: String, problem: String?) throws {
        let setting = "endpoints: { \(endpoint) }"
        let problems = try Self.problems(setting, "github")
        #expect(problems.count == (problem == nil ? 0 : 1), "\(problems)")
        #expect(problem.map { problems.first?.contains($0) == true } ?? true, "\(problems)")
        #expect(
            try Self.problems(setting, "github", network: "{ allowInsecureHTTP: true, allowAddresses: [127.0.0.0/8] }")
                .isEmpty)
    }

    @Test(
        "is found before a login: an address that the network rules refuse, unless only browsers go there",
        arguments: [
            ("token: https://169.254.169.254/t", true), ("userInfo: 'https://[::1]/t'", true),
            ("token: https://localhost/t", true), ("emails: https://10.0.0.1/t", true),
            ("token: https://8.8.8.8/t", false), ("token: https://id.example/t", false),
            ("authorization: https://10.0.0.1/t", false),
        ])
    func address(endpoint: String, isRefused: Bool) throws {
        let setting = "endpoints: { \(endpoint) }"
        let problems = try Self.problems(setting, "github")
        #expect(problems.count == (isRefused ? 1 : 0), "\(problems)")
        #expect(!isRefused || problems.first?.contains("is at a private or special address") == true, "\(problems)")
        let networks = "{ allowAddresses: [169.254.0.0/16, '::1/128', 127.0.0.0/8, 10.0.0.0/8] }"
        #expect(try Self.problems(setting, "github", network: networks).isEmpty)
    }

    @Test(
        "is found in a query by its decoded name",
        arguments: ["https://a.example/?%73tate=b", "https://a.example/?a=1&st%61te", "https://a.example/?a=%zz"])
    func query(url: String) throws {
        let problems = try Self.problems("endpoints: { authorization: \"\(url)\" }", "github")
        #expect(problems.count == 1 && problems.first?.contains("endpoints.authorization") == true, "\(problems)")
    }
}
