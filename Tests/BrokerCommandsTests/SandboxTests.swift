import Foundation
import Testing

/// `broker sandbox` in one process and `broker login` in another.
@Suite("The sandbox and a login", .timeLimit(.minutes(15)))
struct SandboxTests {
    @Test("work together with a ticket, as text and as JSON")
    func ticket() async throws {
        let (status, _) = try await SandboxProcess.run { report in
            let text = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", report.tickets[0], "--config", report.config)
            #expect(text.status == 0)
            #expect(text.output.hasPrefix("Signed in: John Doe\n"))
            #expect(text.error.isEmpty)
            #expect(!text.output.contains("\u{1B}"), "no colors where there is no terminal")

            let json = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", report.tickets[1], "--config", report.config, "--format", "json")
            #expect(json.status == 0)
            let identity = try #require(json.result)
            #expect(identity["provider"] as? String == "wxapp")
            #expect(identity["issuer"] as? String == "\(report.base_url)/\(report.user_pool_id)")
            #expect(identity["subject"] as? String == "5e57540f84622ae263294a42")
            #expect(identity["upstream"] == nil)
            #expect(identity["upstream_token"] == nil)
            #expect((identity["claims"] as? [String: Any])?["name"] as? String == "John Doe")
        }
        #expect(status == 0)
    }

    @Test("work together with a ticket from standard input, and with a query as the mini program returns it")
    func otherSources() async throws {
        _ = try await SandboxProcess.run { report in
            let input = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", "-", "--format", "json", input: report.tickets[0] + "\n",
                variables: ["BROKER_CONFIG": report.config])
            #expect(input.status == 0)
            let callback = try await BrokerProcess.run(
                "login", "wxapp", "--callback", report.callback, "--config", report.config, "--format", "json")
            #expect(callback.status == 0)
            #expect(callback.result?["subject"] as? String == input.result?["subject"] as? String)
        }
    }

    @Test("refuse a used ticket: the store by itself, and the sandbox if the store has forgotten it")
    func usedTicket() async throws {
        _ = try await SandboxProcess.run { report in
            func login(_ configuration: String) async throws -> BrokerProcess.Outcome {
                try await BrokerProcess.run(
                    "login", "wxapp", "--ticket", report.tickets[0], "--config", configuration, "--format", "json")
            }
            #expect(try await login(report.config).status == 0)

            let second = try await login(report.config)
            #expect(second.status == 65)
            #expect(second.failure?["kind"] as? String == "credential_already_used")
            #expect(second.failure?["credential"] as? String == "spent")

            let forgetful = report.config + ".forgetful.yaml"
            let yaml = try String(contentsOfFile: report.config, encoding: .utf8)
            try Data("\(yaml)stores: { kind: memory }\n".utf8).write(to: URL(filePath: forgetful))
            let third = try await login(forgetful)
            #expect(third.status == 65)
            #expect(third.failure?["kind"] as? String == "invalid_credential")
            #expect(third.failure?["credential"] as? String == "spent")
        }
    }

    @Test("show the record without its secrets, and the token, only on request")
    func extras() async throws {
        _ = try await SandboxProcess.run { report in
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", report.tickets[0], "--config", report.config, "--format", "json",
                "--include-raw", "--include-token", "--log-level", "trace")
            let result = try #require(outcome.result)
            let record = try #require(result["upstream"] as? [String: Any])
            let token = try #require(result["upstream_token"] as? String)
            #expect(record["_id"] as? String == "5e57540f84622ae263294a42")
            #expect(record["token"] == nil)
            #expect(token.hasPrefix("eyJ"))
            #expect(!outcome.error.contains(token))
            #expect(!outcome.error.contains(report.tickets[0]))
            #expect(!outcome.output.contains(report.tickets[0]))
        }
    }

    @Test("are one command with --sandbox")
    func oneCommand() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--sandbox", "--config", try workspace.configuration(), "--format", "json")
        #expect(outcome.status == 0)
        #expect(outcome.result?["subject"] as? String == "5e57540f84622ae263294a42")
    }

    @Test("need no configuration file: the README's login works in an empty directory")
    func emptyDirectory() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--sandbox", "--format", "json", directory: workspace.directory)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.result?["provider"] as? String == "wxapp")
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory).isEmpty)
    }

    @Test("require the named file, and the named provider")
    func missing() async throws {
        let workspace = try Workspace()
        for arguments in [["login", "wxapp", "--sandbox"], ["serve", "--sandbox"]] {
            let outcome = try await BrokerProcess.run(
                arguments + ["--config", "nothing.yaml", "--format", "json"], directory: workspace.directory)
            #expect(outcome.status == 78)
            #expect(outcome.failure?["kind"] as? String == "misconfigured")
        }
        let outcome = try await BrokerProcess.run(
            "login", "acme", "--sandbox", "--format", "json", directory: workspace.directory)
        #expect(outcome.status == 78)
        #expect(outcome.failure?["kind"] as? String == "unknown_provider")
    }

    @Test("read a callback from standard input")
    func callbackFromInput() async throws {
        _ = try await SandboxProcess.run { report in
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--callback", "-", "--config", report.config, "--format", "json",
                input: report.callback + "\n")
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.result?["subject"] as? String == "5e57540f84622ae263294a42")
        }
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--callback", "-", "--format", "json", "--config", try workspace.configuration(),
            input: "code=400\n")
        #expect(outcome.failure?["kind"] as? String == "cancelled_by_user")
    }

    @Test("leave nothing behind that the next start does not remove, if they are killed")
    func killed() async throws {
        let workspace = try Workspace()
        let directory = workspace.directory
        let temporary = ["TMPDIR": directory]
        let directories: @Sendable () throws -> Set<String> = {
            Set(try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("broker-") })
        }
        try await SandboxProcess.runToKill(variables: temporary) {}
        let abandoned = try directories()
        #expect(abandoned.count == 1)
        try await SandboxProcess.runToKill(variables: temporary) {
            let living = try directories()
            #expect(living.count == 1 && living.isDisjoint(with: abandoned))
            let login = try await BrokerProcess.run(
                "login", "wxapp", "--sandbox", variables: temporary, directory: directory)
            #expect(login.status == 0)
            #expect(try directories() == living)
        }
    }

    @Test("leave nothing behind")
    func cleanUp() async throws {
        let (status, report) = try await SandboxProcess.run("--tickets", "0") { report in
            #expect(FileManager.default.fileExists(atPath: report.ca_file))
            let secret = report.config.replacing("broker.yaml", with: "secret")
            let attributes = try FileManager.default.attributesOfItem(atPath: secret)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        #expect(status == 0)
        #expect(!FileManager.default.fileExists(atPath: report.config))
    }
}
