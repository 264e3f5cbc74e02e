import BrokerSandbox
import Foundation
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import OAuth2Sandbox
import StrictJSON
import Testing
import WXAppProvider

@testable import BrokerCommands

/// `broker login TYPE --sandbox` for `oauth2` and its presets, in this process.
@Suite("A login at the sandbox of an OAuth 2.0 upstream", .serialized, .timeLimit(.minutes(10)))
struct OAuth2SandboxLoginTests {
    /// What a login shows, of the sandbox's first person.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let type: String
        let subject: String
        var email: String? = "ada@people.example"
        var isVerified: Bool?
        var name: String? = "Ada Lovelace"
        var nickname: String?

        var testDescription: String { type }
    }

    private struct Outcome {
        let code: ExitCode
        let result: [String: Any]
        let error: String
    }

    private static func run(_ arguments: [String]) async throws -> Outcome {
        let (output, errors) = (Monitor<[String]>([]), Monitor<[String]>([]))
        let console = Console(
            write: { text in output.withState { $0.append(text) } },
            writeError: { text in errors.withState { $0.append(text) } }, style: .plain)
        // The configuration that ships names the last one.
        let types = [ProviderKind(OAuth2Provider.self), ProviderKind(WXAppProvider.self)]
        let code = await BrokerCommand.run(
            arguments, providers: types + OAuth2Preset.all.map(\.kind),
            stores: BrokerCommand.defaultStores, sandboxes: OAuth2Sandbox.kinds, console: console)
        let json = try? JSONSerialization.jsonObject(with: Data(output.snapshot.joined().utf8))
        return Outcome(
            code: code, result: json as? [String: Any] ?? [:], error: errors.snapshot.joined(separator: "\n"))
    }

    /// Runs a login at a sandbox, where no configuration is.
    private static func login(_ type: String, _ options: String...) async throws -> Outcome {
        try await run(["login", type, "--sandbox", "--format", "json"] + options)
    }

    private static let types = [
        Expectation(type: "oauth2", subject: "248289762001", isVerified: true),
        Expectation(
            type: "baidu", subject: "oPXyY4O0ZTmUqSX4MRxYDDCccT6Kc91", email: nil),
        Expectation(
            type: "bitbucket", subject: "{4fc5d2a1-7b8c-4d3e-9f10-000000000001}", isVerified: true, nickname: "ada"),
        Expectation(type: "discord", subject: "80351104452257791", isVerified: true),
        Expectation(
            type: "douyin", subject: "_000QadFMhmU1jNCI3SdPnyVDL6XavC70dFb1", email: nil, name: nil,
            nickname: "Ada Lovelace"),
        Expectation(type: "facebook", subject: "10154097000000121"),
        Expectation(type: "gitee", subject: "5000101", isVerified: true),
        Expectation(type: "github", subject: "58323101", isVerified: true),
        Expectation(type: "kakao", subject: "123456701", isVerified: true, name: nil, nickname: "Ada Lovelace"),
        Expectation(type: "naver", subject: "DKZ3sGHqWGDPgbx4Pxt1ANxr5qzr01", nickname: "ada"),
        Expectation(
            type: "qq", subject: "1704B1B6D5BF4B3A9E2D8C7A6F5E4001", email: nil, name: nil, nickname: "Ada Lovelace"),
        Expectation(type: "spotify", subject: "ada"),
        Expectation(
            type: "tiktok", subject: "723f24d7-e717-40f8-a2b6-cb8464cd23b1", email: nil, name: nil,
            nickname: "Ada Lovelace"),
        Expectation(type: "vk", subject: "1234567891"),
        Expectation(type: "weibo", subject: "140491161", email: nil, nickname: "ada"),
        Expectation(type: "x", subject: "2244255061"),
        Expectation(type: "yandex", subject: "1000034261"),
    ]

    @Test("shows its first person, in the vendor's terms", arguments: types)
    func login(expected: Expectation) async throws {
        let outcome = try await Self.login(expected.type)
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        let identity = outcome.result
        #expect(identity["provider"] as? String == expected.type)
        #expect(identity["subject"] as? String == expected.subject)
        let issuer = try #require(identity["issuer"] as? String)
        // Not the vendor's own, whose people these are not.
        #expect(issuer.wholeMatch(of: /https:\/\/localhost:\d+/) != nil, "\(issuer)")
        let claims = try #require(identity["claims"] as? [String: Any])
        #expect(claims["email"] as? String == expected.email)
        #expect((claims["email_verified"] as? Bool ?? false) == (expected.isVerified ?? false))
        #expect(claims["name"] as? String == expected.name && claims["nickname"] as? String == expected.nickname)
        #expect((identity["notices"] as? [Any])?.isEmpty ?? true, "\(identity)")
    }

    @Test("covers every preset")
    func all() {
        #expect(Set(Self.types.map(\.type)) == Set(OAuth2Preset.all.map(\.type) + ["oauth2"]))
        #expect(Self.types.map(\.type).sorted() == OAuth2Sandbox.kinds.map(\.providerType).sorted())
    }

    @Test(
        "shows whom it is told to, with what the vendor says of their address",
        arguments: ["github", "gitee", "oauth2"])
    func people(type: String) async throws {
        let grace = try await Self.login(type, "--person", "grace")
        let claims = try #require(grace.result["claims"] as? [String: Any], "\(grace.error)")
        #expect(claims["email"] as? String == "grace@people.example" && claims["email_verified"] as? Bool == false)
        let alan = try await Self.login(type, "--person", "alan")
        let others = try #require(alan.result["claims"] as? [String: Any], "\(alan.error)")
        #expect(others["name"] as? String == "Alan Turing" && others["email"] == nil)
        #expect((alan.result["notices"] as? [Any])?.isEmpty ?? true)
    }

    /// Runs a login at the sandbox of an instance with this declaration, in a file.
    private static func login(declaring declaration: String, _ options: String...) async throws -> Outcome {
        let workspace = try Workspace()
        _ = try workspace.write(declaration, to: "upstream.yaml")
        let path = try workspace.write(
            """
            version: 1
            providers:
              work:
                type: oauth2
                settings: { declaration: upstream.yaml, clientId: c, clientSecret: { env: NOT_SET } }
            """, to: "broker.yaml")
        return try await run(["login", "work", "--sandbox", "--config", path, "--format", "json"] + options)
    }

    @Test(
        "follows an instance's own declaration: who signs in has everything that it reads", arguments: OAuth2Preset.all)
    func declared(preset: OAuth2Preset) async throws {
        let declaration = preset.declaration.members
        let outcome = try await Self.login(declaring: String(decoding: declaration.jsonBytes, as: UTF8.self))
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        #expect(outcome.result["provider"] as? String == "work")
        #expect(outcome.result["subject"] as? String == "248289762001")
        let claims = try #require(outcome.result["claims"] as? [String: Any])
        let expected = ["name": "Ada Lovelace", "nickname": "Ada", "given_name": "Ada", "phone_number": "+12025550101"]
        for (name, value) in expected where declaration["claims"]?[name] != nil {
            #expect(claims[name] as? String == value)
        }
        if declaration["emails"] != nil || declaration["emailVerified"] != nil {
            #expect(claims["email"] as? String == "ada@people.example" && claims["email_verified"] as? Bool == true)
        }
        let attributes = (declaration["attributes"]?.object ?? [:]).map(\.name)
        let found = (outcome.result["attributes"] as? [String: Any] ?? [:]).keys
        #expect(Set(found) == Set(attributes))
    }

    @Test("follows the guide's declaration for any host, with what it says of an address")
    func guide() async throws {
        let text = try String(
            contentsOfFile: "Documentation/AddAnUpstream.md", encoding: .utf8)
        let block = try #require(
            text.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
        for declaration in [block, block.replacing("host: codeberg.org\n", with: "")] {
            let outcome = try await Self.login(declaring: declaration, "--person", "grace")
            let claims = try #require(outcome.result["claims"] as? [String: Any], "\(outcome.error)")
            #expect(claims["name"] as? String == "Grace Hopper" && claims["preferred_username"] as? String == "grace")
            #expect(claims["email"] as? String == "grace@people.example" && claims["email_verified"] as? Bool == false)
            let issuer = try #require(outcome.result["issuer"] as? String)
            #expect(issuer.wholeMatch(of: /https:\/\/localhost:\d+/) != nil, "\(issuer)")
        }
    }

    @Test(
        "follows what a declaration says, whatever YAML 1.1 takes it for",
        arguments: [
            "pkce: off", "profile: { url: 'https://{host}/me', parameters: { v: 5.131 } }",
            "profile: { url: 'https://{host}/me', parameters: { version: 2022-11-28 } }",
            "emailVerified: [{ at: /verified, is: yes }]",
            "profile: { url: 'https://{host}/me', parameters: { app: 007 } }",
            "emailVerified: [{ at: /scope, is: email }, { at: /scope, is: verified }]",
            "emailVerified: [{ at: /flags/3, is: 1.0 }, { at: /flags/1 }]",
        ])
    func words(member: String) async throws {
        let profile = member.hasPrefix("profile") ? "" : "profile: { url: 'https://{host}/me' }\n"
        let verified = member.hasPrefix("emailVerified") ? "" : "emailVerified: [{ at: /verified }]\n"
        let outcome = try await Self.login(
            declaring: """
                issuer: https://{host}
                authorization: { url: 'https://{host}/authorize' }
                token: { url: 'https://{host}/token' }
                subject: [/id]
                claims:
                  email: /email
                  name: "{/first} {/last}"
                  picture: "https://cdn.example/{+/path}/{/file}.png"
                \(profile)\(verified)\(member)

                """)
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        let claims = try #require(outcome.result["claims"] as? [String: Any])
        #expect(claims["email_verified"] as? Bool == true && claims["name"] as? String == "Ada Lovelace")
        #expect(claims["picture"] as? String == "https://cdn.example/ada/ada.png")
    }

    @Test("says what is wrong with an instance's declaration, at its place")
    func broken() async throws {
        let outcome = try await Self.login(declaring: "issuer: https://id.example\nauthorisation: {}\n")
        #expect(outcome.code == ExitCode(status: .misconfigured))
        #expect(outcome.error.contains("upstream.yaml:2:1: Unknown key 'authorisation'"), "\(outcome.error)")
    }

    @Test("needs a file in YAML for an option that names one")
    func options() async throws {
        let workspace = try Workspace()
        let list = try workspace.write("[a, b]", to: "list.yaml")
        let other = try workspace.write("version: 1\nproviders: {}\n", to: "other.yaml")
        for (path, message) in [
            (list, "is not a YAML mapping"), ("\(list).missing", "cannot be read"),
            (other, "the file of --declaration: Unknown key 'providers'"),
        ] {
            let outcome = try await Self.run(["sandbox", "oauth2", "--declaration", path, "--format", "json"])
            #expect(outcome.code == ExitCode(status: .misconfigured) && outcome.error.contains(message))
        }
    }

    @Test("serves with --sandbox: an app lists what its buttons need, of a preset and of a declared upstream")
    func serve() async throws {
        let workspace = try Workspace()
        let github = try #require(OAuth2Preset.all.first { $0.type == "github" })
        _ = try workspace.write(
            String(decoding: github.declaration.members.jsonBytes, as: UTF8.self), to: "upstream.yaml")
        for settings in ["type: github, settings: {", "type: oauth2, settings: { declaration: upstream.yaml,"] {
            let path = try workspace.write(
                """
                version: 1
                providers: { work: { \(settings) clientId: c, clientSecret: { env: NOT_SET } } } }
                server: { issuer: "http://127.0.0.1:8080", listen: "127.0.0.1:0", keyEncryptionKey: { env: NOT_SET } }
                clients: { app: { secret: { env: NOT_SET }, audiences: [https://api.example.com] } }
                """, to: "broker.yaml")
            _ = try await ServiceProcess.run(path, options: ["--sandbox"]) { service in
                let list = try await service.curl("/providers")
                let body = try JSONSerialization.jsonObject(with: Data(list.body.utf8)) as? [String: Any]
                let entry = try #require((body?["providers"] as? [[String: Any]])?.first)
                #expect(entry["id"] as? String == "work" && entry["icon"] as? String == "github")
                #expect(entry["browser"] as? Bool == true)
            }
        }
    }
}
