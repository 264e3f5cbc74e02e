import BrokerConfiguration
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("A declaration in a file")
struct DeclarationFileTests {
    private static func configuration(
        _ settings: String,
        _ secret: String = ", clientSecret: { env: S }"
    ) throws -> Configuration {
        try Configuration(
            yaml: """
                version: 1
                providers:
                  login:
                    type: oauth2
                    settings: { clientId: client-1, \(settings)\(secret) }
                """.utf8,
            file: "broker.yaml", baseDirectory: "/",
            providers: ProviderRegistry([ProviderKind(OAuth2Provider.self)] + OAuth2Preset.all.map(\.kind)),
            stores: StoreRegistry([.memory]))
    }

    private static let resolver = SecretResolver(environment: { _ in "a-secret-of-the-client" }, readFile: { _ in [] })

    private static func instance(_ declaration: String, _ settings: String = "") throws -> ProviderInstance {
        let file = GuideText.file(holding: declaration)
        return try configuration("declaration: \(file)\(settings.isEmpty ? "" : ", \(settings)")")
            .makeInstance("login", resolver: resolver)
    }

    /// The problems with a declaration, each as `line:column: message`.
    private static func problems(_ declaration: String) -> [String] {
        let file = GuideText.file(holding: declaration)
        do {
            let configuration = try configuration("declaration: \(file)")
            return configuration.check(resolver: resolver).problems.map { lines($0, of: file) }
        } catch let error as ConfigurationError {
            return error.problems.map { lines($0, of: file) }
        } catch {
            return ["\(error)"]
        }
    }

    private static func lines(_ problem: ConfigurationProblem, of file: String) -> String {
        guard problem.file == file else { return "\(problem)" }
        return "\(problem.position.map { "\($0)" } ?? "-"): \(problem.message)"
    }

    private static let least = """
        issuer: https://id.example
        authorization: { url: https://id.example/authorize }
        token: { url: https://id.example/token }
        profile: { url: https://id.example/me }
        subject: [/id]
        """

    @Test("is as short as five members")
    func short() throws {
        let instance = try Self.instance(Self.least)
        #expect(instance.issuer?.rawValue == "https://id.example")
        #expect(!instance.manifest.reliesOnStateAlone && instance.manifest.icon == nil)
    }

    @Test("says what holds for its instance: the icon, what binds a code, and whether foreign codes are taken")
    func manifest() throws {
        let manifest = try Self.instance(
            "\(Self.least)\npkce: off\nicon: codeberg\nregistration: There.", "nativeCodes: true"
        ).manifest
        #expect(manifest.reliesOnStateAlone && manifest.icon == "codeberg" && manifest.registration == "There.")
        #expect(manifest.credentials.map(\.acceptsNativeCodes) == [true] && manifest.type == "oauth2")
    }

    @Test("that knows PKCE is not used without it")
    func pkce() throws {
        #expect(throws: BrokerError.self) { try Self.instance(Self.least, "pkce: off") }
        _ = try Self.instance("\(Self.least)\npkce: off", "pkce: required")
    }

    @Test("stands for any server by its host, each of which is an issuer of its own")
    func host() throws {
        let declaration = """
            issuer: "https://{host}"
            authorization: { url: "https://{host}/authorize" }
            token: { url: "https://{host}/token" }
            profile: { url: "https://{host}/me" }
            subject: [/id]
            """
        #expect(
            try Self.instance(declaration, "host: git.example:3000").issuer?.rawValue == "https://git.example:3000")
        #expect(
            try Self.instance("host: codeberg.org\n\(declaration)").issuer?.rawValue == "https://codeberg.org")
        for host in ["\"\"", "\"a b\"", "a@b", "a?b", "\"a#b\"", "https://a", "\"{host}\"", "a/"] {
            #expect(throws: (any Error).self) { try Self.instance(declaration, "host: \(host)") }
        }
        #expect(throws: (any Error).self) { try Self.instance(declaration) }
    }

    @Test("is checked as all configuration is, and every mistake has its line and column")
    func mistakes() throws {
        let problems = Self.problems(
            """
            issuer: https://id.example
            authorisation: { url: https://id.example/authorize }
            token:
              url: https://id.example/token
              metod: POST
            profile:
              url: https://id.example/me
              token: heder
            subject: /id
            """)
        try #require(problems.count == 4)
        #expect(problems[0].hasPrefix("2:1: Unknown key 'authorisation'. Did you mean 'authorization'?"))
        #expect(problems[1].hasPrefix("5:3: Unknown key 'metod'. Did you mean 'method'?"))
        #expect(problems[2].hasPrefix("8:10: Expected one of header, query, form. Did you mean 'header'?"))
        #expect(problems[3].hasPrefix("9:10: Expected a list"))
    }

    @Test(
        "has its own rules, each reported at the member to change",
        arguments: [
            ("subject: [id]", "5:11: Expected a JSON Pointer"),
            ("subject: []", "5:10: subject names no member"),
            ("subject: [/id]\nclaims: { name: \"{name}\" }", "6:17: Expected a JSON Pointer such as /name, or a text"),
            ("subject: [/id]\nicon: My Icon", "6:7: icon has the form"),
            ("subject: [/id]\nhost: a b", "6:7: host must be a host"),
            ("subject: [/id]\ntokenSubject: [/a, /b]", "6:15: tokenSubject has another number"),
            ("subject: [/id]\nattributes: { teamId: /a }", "6:13: attributes has a name"),
            ("subject: [/id]\nerrors:\n  statuses: { \"200\": misconfigured }", "7:13: statuses has a name"),
            ("subject: [/id]\nerrors:\n  meanings: { a: b }", "7:18: Expected one of"),
            ("subject: [/id]\nclient: { authMethod: none, secretName: [] }", "6:41: Expected text"),
        ])
    func rules(rest: String, problem: String) throws {
        let problems = Self.problems(Self.least.replacing("subject: [/id]", with: rest))
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test(
        "has requests that can be made",
        arguments: [
            ("profile: { url: ftp://id.example/me }", "4:17: Expected an absolute URL"),
            ("profile: { url: https://id.example/me, token: form }", "4:47: token is form"),
            ("profile: { url: https://id.example/me, scheme: \"a b\" }", "4:48: scheme is a word"),
            ("profile: { url: https://id.example/me, headers: { Host: a } }", "4:49: headers has a field"),
            ("profile: { url: https://id.example/me, headers: { \"A B\": a } }", "4:49: headers has a name"),
        ])
    func requests(profile: String, problem: String) throws {
        let problems = Self.problems(
            Self.least.replacing("profile: { url: https://id.example/me }", with: profile))
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test("that is not there, or no YAML, is reported with its name")
    func unreadable() throws {
        do {
            _ = try Self.configuration("declaration: /nowhere/upstream.yaml")
            Issue.record("it was read")
        } catch let error as ConfigurationError {
            #expect(error.problems.map(\.file) == ["broker.yaml"])
            #expect(error.problems.first?.position?.line == 5)
        }
        #expect(Self.problems("issuer: [").first?.hasPrefix("2:") != nil)
        #expect(Self.problems("").first == "-: The file is empty.")
        #expect(Self.problems("- a").first?.hasPrefix("1:1: Expected a mapping") == true)
        #expect(Self.problems("a: &b c").first?.contains("anchors") == true)
    }

    @Test("may be a preset's, which makes the same instance", arguments: OAuth2Preset.all.map(\.type))
    func presets(type: String) throws {
        let preset = try #require(OAuth2Preset.all.first { $0.type == type })
        let members = try #require(preset.kind.manifest.declaration)
        let text = YAMLText(members).text
        #expect(try Self.declaration(text) == preset.declaration)
        let secret = type == "vk" ? "" : ", clientSecret: { env: S }"
        let instance = try Self.configuration("declaration: \(GuideText.file(holding: text))", secret)
            .makeInstance("login", resolver: Self.resolver)
        #expect(instance.manifest.reliesOnStateAlone == preset.kind.manifest.reliesOnStateAlone)
        // And from JSON, as code reads one.
        let read = try JSONDecoder().decode(Declaration.self, from: Data(members.jsonBytes))
        #expect(read == preset.declaration)
    }

    @Test("from JSON names a member that no declaration has")
    func unknownMember() {
        var members = Scenario.example.members
        #expect(throws: Never.self) { try JSONDecoder().decode(Declaration.self, from: Data(members.jsonBytes)) }
        members["tokn"] = [:]
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Declaration.self, from: Data(members.jsonBytes))
        }
    }

    @Test("of the guide is the one that ships, and signs Codeberg's users in")
    func guide() async throws {
        let text = try GuideText.firstYAML(inGuide: "AddAnUpstream.md")
        #expect(try GuideText.file("Config/upstreams/gitea.yaml").hasSuffix(text))
        let instance = try Self.instance(text)
        #expect(instance.issuer?.rawValue == "https://codeberg.org")
        #expect(instance.manifest.icon == "gitea" && !instance.manifest.reliesOnStateAlone)

        let declaration = try Self.declaration(text)
        // docs.gitea.com/api: what it answers.
        let identity = try await Scenario {
            $0.declaration = declaration
            $0.settings = { $0.issuer = "https://codeberg.org" }
            $0.profileAnswer = .text(
                """
                {"id":1048576,"login":"ada","login_name":"","source_id":0,"full_name":"Ada Lovelace",\
                "email":"ada@noreply.codeberg.org","avatar_url":"https://codeberg.org/avatars/1","language":"de-DE",\
                "html_url":"https://codeberg.org/ada","is_admin":false,"website":"","visibility":"public"}
                """)
            $0.emailsAnswer = .json([
                ["email": "old@people.example", "verified": true, "primary": false, "user_id": 1_048_576],
                ["email": "ada@people.example", "verified": true, "primary": true, "user_id": 1_048_576],
            ])
        }.run { desk in
            let identity = try await desk.login()
            let form = try #require(desk.requests(for: "/login/oauth/access_token").first).form
            #expect(form["client_secret"] == Scenario.secret && form["code_verifier"] != nil)
            return identity
        }
        #expect(identity.subject == "1048576" && identity.issuer.rawValue == "https://codeberg.org")
        #expect(identity.claims.name == "Ada Lovelace" && identity.claims.preferredUsername == "ada")
        #expect(identity.claims.email?.value.rawValue == "ada@people.example")
        #expect(identity.claims.email?.verification == true && identity.notices.isEmpty)
    }

    /// The declaration in a file, as configuration reads it.
    private static func declaration(_ text: String) throws -> Declaration {
        let kept = Kept<Declaration?>(nil)
        let kind = ProviderKind(OAuth2Provider.self) { decoder in
            let settings = try OAuth2Provider.Settings(from: decoder)
            kept.set(settings.declaration)
            return settings
        }
        let configuration = try Configuration(
            yaml: """
                version: 1
                providers:
                  login: { type: oauth2, settings: { declaration: \(GuideText.file(holding: text)), clientId: a } }
                """.utf8,
            file: "broker.yaml", baseDirectory: "/", providers: ProviderRegistry([kind]),
            stores: StoreRegistry([.memory]))
        _ = try configuration.makeInstance("login", resolver: resolver)
        return try #require(kept.value)
    }
}
