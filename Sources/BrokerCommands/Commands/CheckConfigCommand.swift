import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct CheckConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration without contacting anyone.",
        discussion: """
            Reads every secret that the configuration refers to, and reports all problems at once.

            Example:
              broker config check --config Config/broker.yaml
            """
    )

    private struct Report: Encodable {
        let file: String
        let providers: [String]
        let warnings: [String]
    }

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let check = configuration.check()
        let warnings = check.warnings.map(\.description)
        for warning in warnings {
            composition.console.writeError("warning: \(warning)")
        }
        guard check.problems.isEmpty else {
            throw composition.console.report(ConfigurationError(problems: check.problems))
        }
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
}
