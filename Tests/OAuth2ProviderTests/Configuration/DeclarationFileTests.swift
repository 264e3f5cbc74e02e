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
        _ secret: String = ", clientSecret: { env: S }",
        enabled: Bool = true
    ) throws -> Configuration {
        try Configuration(
            yaml: """
                version: 1
                providers:
                  login:
                    type: oauth2
                    enabled: \(enabled)
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
            "\(Self.least)\npkce: off\nicon: codeberg\nregistration: There."
        ).manifest
        #expect(manifest.reliesOnStateAlone && manifest.icon == "codeberg" && manifest.registration == "There.")
        #expect(manifest.credentials.map(\.acceptsNativeCodes) == [false] && manifest.type == "oauth2")
        let native = try Self.instance(Self.least, "nativeCodes: true").manifest
        #expect(native.credentials.map(\.acceptsNativeCodes) == [true] && !native.reliesOnStateAlone)
        // The setting decides what is sent.
        #expect(try !Self.instance("\(Self.least)\npkce: off", "pkce: required").manifest.reliesOnStateAlone)
    }

    @Test("that knows PKCE is not used without it")
    func pkce() throws {
        let error = #expect(throws: BrokerError.self) { try Self.instance(Self.least, "pkce: off") }
        #expect(error?.message.hasSuffix("Set pkce to required.") == true)
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
        #expect(try Self.instance(declaration, "host: git.example/Sub").issuer?.rawValue == "https://git.example/Sub")
        #expect(
            try Self.instance("host: codeberg.org\n\(declaration)").issuer?.rawValue == "https://codeberg.org")
        for host in ["\"\"", "\"a b\"", "a@b", "a?b", "\"a#b\"", "https://a", "\"{host}\"", "a/", "Git.example"] {
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
            (
                "subject: [/id]\nclaims: { name: \"{/first {/last}\" }",
                "6:17: Expected a JSON Pointer such as /name, or a text"
            ),
            ("subject: [/id]\nicon: My Icon", "6:7: icon has the form"),
            ("subject: [/id]\nhost: a b", "6:7: host must be a lowercase host"),
            ("subject: [/id]\nhost: Codeberg.org", "6:7: host must be a lowercase host"),
            ("subject: [/id]\ntokenSubject: [/a, /b]", "6:15: tokenSubject has another number"),
            ("subject: [/id]\nattributes: { teamId: /a }", "6:13: attributes has a name"),
            ("subject: [/id]\nerrors:\n  statuses: { \"200\": misconfigured }", "7:13: statuses has a name"),
            ("subject: [/id]\nerrors:\n  statuses: { \"429\": misconfigured }", "7:13: statuses has a name"),
            ("subject: [/id]\nerrors:\n  statuses: { \"500\": misconfigured }", "7:13: statuses has a name"),
            ("subject: [/id]\nemailVerified: [{ at: /v, is: true }]", "6:31: is compares"),
            ("subject: [/id]\nclient: { idName: \"\" }", "6:9: client.idName has an empty name"),
            ("subject: [/id]\nclient: { secretName: client_id }", "6:9: client.secretName has a parameter"),
            (
                "subject: [/id]\nemails: { url: https://id.example/e, proofName: p }\nclient: { authMethod: none }",
                "6:9: emails.proofName needs"
            ),
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
            ("profile: { url: https://id.example/me, headers: { Host: a } }", "4:49: headers.Host is not allowed"),
            ("profile: { url: https://id.example/me, token: query, tokenName: \"\" }", "4:65: tokenName has an empty"),
            (
                "profile: { url: https://id.example/me, token: query, parameters: { access_token: a } }",
                "4:66: parameters has a parameter"
            ),
            (
                "profile: { url: https://id.example/me, proofName: fields, parameters: { fields: id } }",
                "4:71: parameters has a parameter"
            ),
            ("profile: { url: https://id.example/me, headers: { \"A B\": a } }", "4:49: headers has a name"),
            (
                "profile: { url: https://id.example/me, headers: { Accept: a, accept: b } }",
                "4:49: headers has accept twice"
            ),
        ])
    func requests(profile: String, problem: String) throws {
        let problems = Self.problems(
            Self.least.replacing("profile: { url: https://id.example/me }", with: profile))
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test(
        "gives each parameter of a request one value, and a name",
        arguments: [
            (
                2, "authorization: { url: URL, parameters: { state: a } }",
                "2:16: authorization.parameters: The parameter state"
            ),
            (2, "authorization: { url: URL, parameters: { \"\": a } }", "2:16: authorization.parameters: "),
            (2, "authorization: { url: URL, scopeName: state }", "2:16: authorization.scopeName has a parameter"),
            (2, "authorization: { url: URL, codeNames: [state] }", "2:16: authorization.codeNames has a parameter"),
            (2, "authorization: { url: URL, codeNames: [\"\"] }", "2:16: authorization.codeNames has an empty name"),
            (
                2, "authorization: { url: URL, carriedParameters: [code] }",
                "2:16: authorization.carriedParameters has a parameter"
            ),
            (3, "token: { url: URL, parameters: { client_secret: a } }", "3:8: token.parameters has a parameter"),
            (3, "token: { url: URL, codeName: redirect_uri }", "3:8: token.codeName has a parameter"),
            (3, "token: { url: URL, codeName: \"\" }", "3:8: token.codeName has an empty name"),
        ])
    func names(line: Int, member: String, problem: String) throws {
        var lines = Self.least.split(separator: "\n").map(String.init)
        lines[line - 1] = member.replacing("URL", with: "https://id.example/a")
        let problems = Self.problems(lines.joined(separator: "\n"))
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test(
        "has no endpoint whose query has a parameter that the request adds",
        arguments: [
            ("authorization: { url: URL?state=a }", "authorization"),
            ("authorization: { url: URL?client_id=a }", "authorization"),
            ("token: { url: URL?code=a, method: GET }\nclient: { authMethod: query }", "token"),
            ("token: { url: URL?client_secret=a }\nclient: { authMethod: query }", "token"),
            ("token: { url: URL?code=a }", "token"), ("token: { url: URL?client_secret=a }", "token"),
            ("token: { url: URL?own=a, parameters: { own: b } }", "token"),
            ("profile: { url: URL?access_token=a, method: POST, token: form }", "userInfo"),
            ("profile: { url: URL?fields=a, parameters: { fields: id } }", "userInfo"),
            ("profile: { url: URL?access_token=a, token: query }", "userInfo"),
            ("emails: { url: URL?access_token=a, token: query }", "emails"),
        ])
    func queries(member: String, endpoint: String) throws {
        let name = member.prefix { $0 != ":" }
        let others = Self.least.split(separator: "\n").filter { !$0.hasPrefix(name) }.joined(separator: "\n")
        let problems = Self.problems("\(others)\n\(member.replacing("URL", with: "https://id.example/a"))")
        #expect(problems.count == 1 && problems.first?.contains("The \(endpoint) endpoint has") == true, "\(problems)")
    }

    @Test(
        "without a request for e-mail addresses takes no setting about them",
        arguments: [
            "emails: always", "endpoints: { emails: https://id.example/emails }",
        ])
    func effects(setting: String) throws {
        #expect(throws: BrokerError.self) { try Self.instance(Self.least, setting) }
        let emails = "emails: { url: https://id.example/e }"
        _ = try Self.instance("\(Self.least)\n\(emails)", setting)
        _ = try Self.instance(Self.least, "emails: never")
    }

    @Test("that is not there, or no YAML, is reported with its name")
    func unreadable() throws {
        let missing = try Self.configuration("declaration: /nowhere/upstream.yaml").check(resolver: Self.resolver)
            .problems
        #expect(missing.map(\.file) == ["broker.yaml"] && missing.first?.position?.line == 6)
        let long = Self.problems(String(repeating: "# a\n", count: 300_000))
        #expect(long == ["-: The file is longer than 1 MiB. Is it the right one?"])
        #expect(Self.problems("issuer: [").first?.hasPrefix("2:") != nil)
        #expect(Self.problems("").first == "-: The file is empty.")
        #expect(Self.problems("- a").first?.hasPrefix("1:1: Expected a mapping") == true)
        #expect(Self.problems("a: &b c").first?.contains("anchors") == true)
    }

    @Test("of a disabled instance is not read")
    func disabled() throws {
        let configuration = try Self.configuration("declaration: /nowhere/upstream.yaml", enabled: false)
        #expect(try configuration.makeInstances(resolver: Self.resolver).map(\.isEnabled) == [false])
        #expect(configuration.check(resolver: Self.resolver).problems.isEmpty)
    }

    @Test("that anyone may change is warned of: it says where the secret is sent")
    func permissions() throws {
        let file = GuideText.file(holding: Self.least)
        func warnings() throws -> [String] {
            try Self.configuration("declaration: \(file)").check(resolver: Self.resolver).warnings
                .filter { $0.file == file }.map(\.message)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(try warnings().isEmpty)
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
        #expect(try warnings() == ["Every user of this machine can change this file: chmod o-w."])
    }

    @Test("may be a preset's, which makes the same instance", arguments: OAuth2Preset.all.map(\.type))
    func presets(type: String) throws {
        let preset = try #require(OAuth2Preset.all.first { $0.type == type })
        let members = try #require(preset.kind.manifest.declaration)
        let text = YAMLText(members).text
        let secret = type == "vk" ? "" : ", clientSecret: { env: S }"
        #expect(try Self.declaration(text, secret) == preset.declaration)
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
    private static func declaration(_ text: String, _ secret: String = "") throws -> Declaration {
        let kept = Kept<Declaration?>(nil)
        let kind = ProviderKind(OAuth2Provider.self) { decoder in
            let settings = try OAuth2Provider.Settings(from: decoder)
            kept.set(settings.declaration)
            return settings
        }
        let path = GuideText.file(holding: text)
        let configuration = try Configuration(
            yaml: """
                version: 1
                providers:
                  login: { type: oauth2, settings: { declaration: \(path), clientId: a\(secret) } }
                """.utf8,
            file: "broker.yaml", baseDirectory: "/", providers: ProviderRegistry([kind]),
            stores: StoreRegistry([.memory]))
        _ = try configuration.makeInstance("login", resolver: resolver)
        return try #require(kept.value)
    }
}
