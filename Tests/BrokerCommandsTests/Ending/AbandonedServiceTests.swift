import ArgumentParser
import BrokerService
import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("The end of a command")
struct AbandonedServiceTests {
    @Test("is not called orderly if the command abandoned work", arguments: [false, true])
    func command(abandons: Bool) async throws {
        let command = try FailingCommand.parse(abandons ? ["--abandons"] : [])
        let composition = try Composition(
            providers: ProviderRegistry(),
            stores: StoreRegistry([]),
            console: Console(write: { _ in }, writeError: { _ in }, style: .plain),
            interruption: Interruption()
        )
        let code = await command.exitCode(in: composition)
        #expect(code == ExitCode(status: ExitStatus(.internalError), isOrderly: !abandons))
    }
}

/// A command that handles signals itself, and fails.
private struct FailingCommand: RunnableCommand {
    static let endsAtSignals = true

    @Flag var abandons = false
    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        if abandons { composition.end.abandon("the service") }
        throw BrokerError(.internalError, "It did not end in time.")
    }
}
