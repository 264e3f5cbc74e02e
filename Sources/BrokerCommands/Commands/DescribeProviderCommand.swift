import ArgumentParser
import IdentityBroker

struct DescribeProviderCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Describes a provider type: what it does and which settings it takes.",
        discussion: """
            Example:
              broker providers describe TYPE
            """
    )

    @Argument(help: "The provider type, as in the configuration.")
    var type: String

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        guard let kind = composition.providers[type] else {
            let known = composition.providers.all.map(\.manifest.type).joined(separator: ", ")
            throw BrokerError(.unknownProvider, "Unknown provider type. Known types: \(known).")
        }
        switch common.format {
        case .json: try composition.console.write(ManifestReport(kind: kind).members.terminalJSON)
        case .text: try composition.console.write(ManifestText(kind).rendered(in: composition.console.style))
        }
    }
}
