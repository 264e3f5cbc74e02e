import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct CheckConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration, and all that 'broker serve' needs.",
        discussion: """
            Reads every secret and certificate that the configuration refers to, looks whether the store and the keys in it \
            can be opened and the addresses listened at, and reports all problems at once. Nothing is made or changed. Only \
            the store's server is contacted, if it has one; --offline leaves it alone. Run it as the service's user, whose \
            permissions count.

            It ends with 78 if anything is wrong, and with 75 if nothing is and 'broker serve' could not start now all the \
            same: the store's server is away, its disk is full, another program holds its lock, or the certificate is not \
            valid yet. Without 'server:' it checks a configuration for 'broker login'.

            With --running it also says in what the service that runs with this file differs from it: what waits for a \
            restart, and what was not taken up yet. The service writes digests of what it runs to a file beside its store's, \
            or beside the configuration, which its owner alone can read.

            Examples:
              broker config check --config Config/broker.yaml
              broker config check --running
            """
    )

    private struct Report: Encodable {
        let file: String
        let providers: [String]
        let warnings: [String]
    }

    @Flag(name: .long, help: "Leave out what needs a server, such as the database.")
    var offline = false

    @Flag(name: .long, help: "Compare the file with what the service on this machine runs.")
    var running = false

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let check = configuration.check(isOffline: offline)
        var (problems, advice) = (check.problems, check.warnings)
        if let server = configuration.server {
            let service = ServiceCheck(configuration: configuration, server: server)
            problems += service.problems
            let isRunning = RunningStateFile.read(configuration.runningStatePath) != nil
            advice += service.warnings(whileServiceRuns: isRunning)
            if problems.isEmpty { problems += service.problemsOfClients }
            if let keyRing = check.keyRing { problems += service.problems(of: keyRing) }
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
            let report = Report(file: common.configurationPath, providers: ids, warnings: warnings)
            try composition.console.write(JSONText.encode(report))
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
                "No service runs with this configuration as far as this user can see: \(path) is not in use.")
        }
        let differences = configuration.digest(salt: digest.salt).differences(from: digest)
        guard differences.isEmpty else {
            throw .misconfigured(
                """
                The service does not run what the file says of \(differences.joined(separator: ", ")). Send it SIGHUP for \
                providers and clients, and restart it for the rest; its log says more.
                """)
        }
    }
}
