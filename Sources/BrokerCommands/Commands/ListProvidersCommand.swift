import ArgumentParser
import BrokerConfiguration
import IdentityBroker
import StrictJSON

struct ListProvidersCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the configured provider instances.",
        discussion: """
            Example:
              broker providers list --format json
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let entries = try common.loadConfiguration(in: composition).providers
        switch common.format {
        case .json:
            let rows = entries.map { entry -> JSONValue in
                [
                    "id": .string(entry.id.rawValue),
                    "type": .string(entry.manifest.type),
                    "display_name": .string(entry.displayName),
                    "enabled": .bool(entry.isEnabled),
                ]
            }
            try composition.console.write(JSONValue.array(rows).terminalJSON)
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
