import ArgumentParser

/// Benchmarks of the broker: whole logins, and parts of them.
@main
struct BrokerBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        subcommands: [
            LoginCommand.self, IsolationCommand.self, EnduranceCommand.self, StoreCommand.self, MappingCommand.self,
            CannedCommand.self, VerifyCommand.self, IDTokensCommand.self, NativeCommand.self,
        ]
    )
}
