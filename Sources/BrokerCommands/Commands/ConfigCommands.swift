import ArgumentParser
import BrokerConfiguration
import BrokerService
import IdentityBroker
import StrictJSON

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration, or prints its JSON Schema.",
        discussion: """
            Examples:
              broker config check
              broker config schema > broker.schema.json
            """,
        subcommands: [CheckConfigCommand.self, SchemaConfigCommand.self]
    )
}

struct CheckConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration and everything that 'broker serve' needs.",
        discussion: """
            Reads every secret and certificate that the configuration refers to, checks that the store and its keys \
            can be opened and that the service can listen at its addresses. It reports all problems that it can see \
            at once; what depends on a wrong setting is checked once that is right. It \
            creates and changes nothing. It contacts only the store's server, if there is one; --offline skips that. \
            Run it as the service's user, whose permissions it checks.

            It exits with 78 if anything is wrong, and with 75 if the configuration is right but 'broker serve' \
            could not start now: the store's server is down, its disk is full, another program holds its lock, or \
            the certificate is not valid yet. Without 'server:' it checks a configuration for 'broker login'.

            With --running it also reports how the running service differs from the file: what waits for a restart, \
            and what has not been applied yet. The service keeps digests of what it runs in a file beside its store, \
            or beside the configuration, that only its owner can read. It does not compare the contents of secret \
            files and variables: after you change one, send SIGHUP.

            Examples:
              broker config check --config Config/broker.yaml
              broker config check --running
            """
    )

    @Flag(name: .long, help: "Skip what needs a server, such as the database.")
    var offline = false

    @Flag(name: .long, help: "Compare the file with what the service on this machine is running.")
    var running = false

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let check = configuration.check(reading: ServiceCheck.recordKeys, isOffline: offline)
        var (problems, advice) = (check.problems, check.warnings)
        if let server = configuration.server {
            let service = ServiceCheck(configuration: configuration, server: server)
            problems += service.problems
            let isRunning = RunningStateFile.read(configuration.runningStatePath) != nil
            advice += service.warnings(whileServiceRuns: isRunning)
            if problems.isEmpty { problems += service.problemsOfClients }
            problems += service.problems(of: check.records)
        }
        let warnings = advice.map(\.description)
        for warning in warnings {
            composition.console.writeError("warning: \(warning)")
        }
        guard problems.isEmpty else {
            throw composition.console.report(ConfigurationError(problems: problems))
        }
        if running { try compareWithRunning(configuration) }
        let ids = configuration.providers.map(\.id.rawValue)
        switch common.format {
        case .json:
            let report: JSONObject = [
                "file": .string(common.configurationPath), "providers": .strings(ids), "warnings": .strings(warnings),
            ]
            try composition.console.write(report.terminalJSON)
        case .text:
            let list = ids.isEmpty ? "no providers" : ids.joined(separator: ", ")
            try composition.console.write("\(common.configurationPath.printable): valid (\(list))")
        }
    }

    private func compareWithRunning(_ configuration: Configuration) throws(BrokerError) {
        let path = configuration.runningStatePath
        guard let digest = RunningStateFile.read(path) else {
            throw BrokerError(
                .unavailable,
                "No running service uses this configuration, as far as this user can see: \(path) is not in use.")
        }
        let differences = configuration.digest(salt: digest.salt).differences(from: digest)
        guard differences.isEmpty else {
            throw .misconfigured(
                """
                The running service differs from the file in \(differences.joined(separator: ", ")). Send it SIGHUP to apply \
                providers and clients, and restart it for the rest. Its log has the details.
                """)
        }
    }
}

struct SchemaConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of the configuration, for editors and for checks elsewhere.",
        discussion: """
            Example:
              broker config schema > broker.schema.json
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let schema = ConfigurationSchema(providers: composition.providers, stores: composition.stores)
        try composition.console.write(schema.value.indentedTerminalJSON)
    }
}
