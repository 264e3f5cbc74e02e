import Testing

@Suite("A wrong command line")
struct UsageTests {
    static let wrong: [[String]] = [
        ["login"],
        ["login", "wxapp"],
        ["login", "wxapp", "--ticket", "a", "--sandbox"],
        ["login", "wxapp", "--ticket", "a", "--callback", "code=200"],
        ["login", "wxapp", "--callback", "code=200", "--sandbox"],
        ["login", "wxapp", "--ticket", "a", "--ticket", "b"],
        ["login", "wxapp", "--callback", "a", "--callback", "b"],
        ["login", "wxapp", "--sandbox", "--sandbox"],
        ["login", "wxapp", "--ticket"],
        ["login", "wxapp", "--ticket", "a", "--include-token"],
        ["login", "wxapp", "--ticket", "a", "--format", "xml"],
        ["login", "wxapp", "--ticket", "a", "--log-level", "loud"],
        ["logout"],
        ["config", "frobnicate"],
        ["providers", "describe"],
        ["providers", "new"],
        ["providers", "new", "acme", "--directory"],
    ]

    @Test("ends with status 64 and says what is wrong on standard error", arguments: wrong)
    func usage(_ arguments: [String]) async throws {
        let outcome = try await BrokerProcess.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.error.isEmpty)
    }

    static let commands: [[String]] = [
        [], ["login"], ["launch"], ["providers"], ["providers", "list"], ["providers", "describe"],
        ["providers", "new"], ["config"], ["config", "check"], ["config", "schema"], ["sandbox"],
    ]

    @Test("is helped by help, with an example for each command", arguments: commands)
    func help(_ command: [String]) async throws {
        let outcome = try await BrokerProcess.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.error.isEmpty)
        #expect(outcome.output.contains("Example"))
        #expect(outcome.output.contains("  broker \(command.joined(separator: " "))"))
    }

    @Test("is nothing but a wish for help when it is empty")
    func empty() async throws {
        let outcome = try await BrokerProcess.run()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("SUBCOMMANDS"))
    }
}
