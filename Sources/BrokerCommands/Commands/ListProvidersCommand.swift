import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct ListProvidersCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the configured provider instances.",
        discussion: """
            Example:
              broker providers list --format json
            """
    )

    private struct Row: Encodable {
        let id: String
        let type: String
        let displayName: String
        let enabled: Bool

        enum CodingKeys: String, CodingKey {
            case id, type, enabled
            case displayName = "display_name"
        }
    }

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let entries = try common.loadConfiguration(in: composition).providers
        switch common.format {
        case .json:
            let rows = entries.map { entry in
                Row(
                    id: entry.id.rawValue,
                    type: entry.manifest.type,
                    displayName: entry.displayName,
                    enabled: entry.isEnabled
                )
            }
            try composition.console.write(JSONText.encode(rows))
        case .text:
            var table = TextTable()
            table.heading("Providers in \(common.configurationPath)")
            for entry in entries {
                let state = entry.isEnabled ? "" : ", switched off"
                table.row(entry.id.rawValue, "\(entry.displayName) (type \(entry.manifest.type)\(state))")
            }
            try composition.console.write(table.rendered(in: composition.console.style))
        }
    }
}
