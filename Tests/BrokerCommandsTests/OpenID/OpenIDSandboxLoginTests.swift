import Foundation
import Testing

/// `broker login TYPE --sandbox` for `oidc` and its presets, and their sandboxes as processes.
@Suite("A login at the sandbox of an OpenID provider", .timeLimit(.minutes(15)))
struct OpenIDSandboxLoginTests {
    /// What a login shows, of the sandbox's first person.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let type: String
        let subject: String
        /// The issuer after the sandbox's base URL.
        var issuerPath = ""
        var email = "ada@people.example"
        var isVerified = true
        var hasName = true

        var testDescription: String { type }
    }

    private static let types = [
        Expectation(type: "oidc", subject: "248289761001"),
        Expectation(
            type: "apple", subject: "001473.fe6f33bf4b8e4590aacbabdcb8598bd0.1", email: "ada@privaterelay.appleid.com"),
        Expectation(type: "genauth", subject: "5e57e4cc5a9d0b50c2a3d5b1", issuerPath: "/oidc"),
        Expectation(type: "gitlab", subject: "1"),
        Expectation(type: "google", subject: "10769150350000615101"),
        Expectation(
            type: "keycloak", subject: "f4b0a6a4-4f4b-4b0e-8f5e-000000000001", issuerPath: "/realms/sandbox"),
        Expectation(type: "line", subject: "Udeadbeefdeadbeefdeadbeefdeadbee1", isVerified: false),
        Expectation(type: "linkedin", subject: "782bbtaQ1", issuerPath: "/oauth"),
        Expectation(
            type: "microsoft", subject: "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbta1",
            issuerPath: "/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0", isVerified: false),
        Expectation(type: "slack", subject: "T0R7GR:U0R7MFMJ1"),
        Expectation(type: "twitch", subject: "71309681", hasName: false),
    ]

    @Test("shows its first person, in the vendor's terms", arguments: types)
    func login(expected: Expectation) async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", expected.type, "--sandbox", "--format", "json", directory: workspace.directory)
        #expect(outcome.status == 0, "\(outcome.error)")
        let identity = try #require(outcome.result)
        #expect(identity["provider"] as? String == expected.type)
        #expect(identity["subject"] as? String == expected.subject)
        let issuer = try #require(identity["issuer"] as? String)
        #expect(issuer.hasPrefix("https://localhost:"))
        #expect(issuer.dropFirst("https://localhost:".count).drop { $0.isNumber } == expected.issuerPath[...])
        let claims = try #require(identity["claims"] as? [String: Any])
        #expect(claims["email"] as? String == expected.email)
        #expect((claims["email_verified"] as? Bool ?? false) == expected.isVerified)
        #expect(claims["name"] as? String == (expected.hasName ? "Ada Lovelace" : nil))
        #expect((identity["notices"] as? [Any])?.isEmpty ?? true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory).isEmpty)
    }

    @Test("shows whom it is told to, and names those whom it knows")
    func people() async throws {
        func login(_ person: String) async throws -> BrokerProcess.Outcome {
            try await BrokerProcess.run("login", "line", "--sandbox", "--person", person, "--format", "json")
        }
        let alan = try await login("alan")
        let claims = try #require(alan.result?["claims"] as? [String: Any], "\(alan.error)")
        #expect(claims["name"] as? String == "Alan Turing" && claims["email"] == nil)
        let nobody = try await login("nobody")
        #expect(nobody.status == 78)
        #expect((nobody.failure?["message"] as? String)?.contains("ada, grace, alan") == true)
        let unverified = try await BrokerProcess.run(
            "login", "slack", "--sandbox", "--person", "grace", "--format", "json")
        #expect((unverified.result?["claims"] as? [String: Any])?["email_verified"] as? Bool == false)
        let blocked = try await BrokerProcess.run(
            "login", "wxapp", "--sandbox", "--person", "blocked", "--format", "json")
        #expect(blocked.failure?["kind"] as? String == "access_denied")
    }

    @Test("keeps the id of a configured instance, and takes its type alone")
    func configured() async throws {
        let workspace = try Workspace()
        let path = try workspace.write(
            """
            version: 1
            providers:
              work:
                type: microsoft
                settings: { clientId: c, clientSecret: { env: NOT_SET }, tenants: [any] }
            """, to: "broker.yaml")
        let outcome = try await BrokerProcess.run(
            "login", "work", "--sandbox", "--person", "alan", "--config", path, "--format", "json")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.result?["provider"] as? String == "work")
        let attributes = try #require(outcome.result?["attributes"] as? [String: Any])
        #expect(attributes["tid"] as? String == "9122040d-6c67-4c5b-b112-36a304b66dad")
    }

    @Test("knows its type by name beside a file of someone else's providers, unless the file is named")
    func otherFile() async throws {
        let workspace = try Workspace()
        try FileManager.default.createDirectory(
            atPath: "\(workspace.directory)/Config", withIntermediateDirectories: true)
        let path = try workspace.write(
            "version: 1\nproviders: { work: { type: slack, enabled: false, settings: { clientId: c } } }",
            to: "Config/broker.yaml")
        let login = ["login", "line", "--sandbox", "--format", "json"]
        let outcome = try await BrokerProcess.run(login, directory: workspace.directory)
        #expect(outcome.result?["provider"] as? String == "line", "\(outcome.error)")
        let named = try await BrokerProcess.run(login + ["--config", path], directory: workspace.directory)
        #expect(named.failure?["kind"] as? String == "unknown_provider")
        let other = try await BrokerProcess.run(
            ["login", "nobody", "--sandbox", "--format", "json"], directory: workspace.directory)
        #expect((other.failure?["message"] as? String)?.contains("Known ids: work") == true)
    }

    @Test("suggests the type that a misspelled name means, without a file and beside one")
    func misspelled() async throws {
        let workspace = try Workspace()
        for command in [["login", "googel", "--sandbox"], ["providers", "describe", "googel"]] {
            let outcome = try await BrokerProcess.run(command + ["--format", "json"], directory: workspace.directory)
            #expect(outcome.failure?["kind"] as? String == "unknown_provider")
            #expect(
                (outcome.failure?["message"] as? String)?.hasSuffix("Did you mean 'google'?") == true,
                "\(outcome.error)")
        }
        try FileManager.default.createDirectory(
            atPath: "\(workspace.directory)/Config", withIntermediateDirectories: true)
        _ = try workspace.write(
            "version: 1\nproviders: { work: { type: slack, enabled: false, settings: { clientId: c } } }",
            to: "Config/broker.yaml")
        let beside = try await BrokerProcess.run(
            ["login", "googel", "--sandbox", "--format", "json"], directory: workspace.directory)
        #expect(
            (beside.failure?["message"] as? String)?.hasSuffix("Did you mean 'google'?") == true, "\(beside.error)")
    }

    @Test(
        "takes an ID token as an app gets it, once and with its nonce", arguments: ["oidc", "apple", "google", "line"])
    func idToken(type: String) async throws {
        let (status, _) = try await SandboxProcess.run([type]) { (report: SandboxProcess.OpenIDReport) in
            let nonce = try #require(report.nonce)
            func login(_ token: String, _ nonce: String) async throws -> BrokerProcess.Outcome {
                try await BrokerProcess.run(
                    "login", type, "--id-token", "-", "--nonce", nonce, "--config", report.config, "--format", "json",
                    input: token)
            }
            #expect(report.people == ["ada", "grace", "alan"])
            #expect(try await login(report.id_tokens[0], "another-nonce-of-an-app").status == 65)
            let first = try await login(report.id_tokens[0], nonce)
            #expect(first.status == 0, "\(first.error)")
            let second = try await login(report.id_tokens[0], nonce)
            #expect(second.failure?["kind"] as? String == "credential_already_used")
        }
        #expect(status == 0)
    }

    @Test("issues no ID token to apps where the vendor issues none", arguments: ["gitlab", "twitch"])
    func noTokens(type: String) async throws {
        _ = try await SandboxProcess.run([type]) { (report: SandboxProcess.OpenIDReport) in
            #expect(report.id_tokens.isEmpty && report.nonce == nil && report.authorize_url == nil)
        }
    }

    @Test("serves with --sandbox: an app exchanges an ID token, and lists what its buttons need")
    func serve() async throws {
        let workspace = try Workspace()
        let path = try workspace.write(
            """
            version: 1
            providers: { work: { type: google, settings: { clientId: c, clientSecret: { env: NOT_SET } } } }
            server: { issuer: "http://127.0.0.1:8080", listen: "127.0.0.1:0", keyEncryptionKey: { env: NOT_SET } }
            clients: { app: { secret: { env: NOT_SET }, audiences: [https://api.example.com] } }
            """, to: "broker.yaml")
        _ = try await ServiceProcess.run(path, options: ["--sandbox"]) { service in
            let example = try #require(service.report.example)
            let token = try #require(example.id_tokens?.first)
            let (nonce, secret) = (try #require(example.nonce), try #require(example.client_secret))
            let answer = try await service.curl(
                "/oauth2/token",
                [
                    "--user", "app:\(secret)", "-d", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
                    "-d", "subject_token_type=urn:ietf:params:oauth:token-type:id_token", "-d", "provider=work",
                    "-d", "subject_token=\(token)", "-d", "nonce=\(nonce)",
                ])
            #expect(answer.status == 200, "\(answer.body)")
            let list = try await service.curl("/providers")
            let body = try JSONSerialization.jsonObject(with: Data(list.body.utf8)) as? [String: Any]
            let entry = try #require((body?["providers"] as? [[String: Any]])?.first)
            #expect(entry["icon"] as? String == "google" && entry["browser"] as? Bool == true)
            #expect(entry["launch"] as? Bool == false && entry["type"] as? String == "google")
        }
    }

    @Test("takes --person and --browser only where they mean something")
    func usage() async throws {
        for options in [
            ["--person", "ada"], ["--sandbox", "--browser", "--person", "ada"], ["--sandbox", "--code", "c"],
        ] {
            let outcome = try await BrokerProcess.run(["login", "oidc"] + options)
            #expect(outcome.status == 64)
        }
        let help = try await BrokerProcess.run("sandbox", "google", "--help")
        #expect(help.status == 0 && help.output.contains("broker sandbox google"))
    }
}
