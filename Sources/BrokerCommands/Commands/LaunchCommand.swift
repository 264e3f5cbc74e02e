import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct LaunchCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch",
        abstract: "Shows what an app needs to open the provider's own app.",
        discussion: """
            It needs no secret and no network.

            Example:
              broker launch ID --format json
            """
    )

    @Argument(help: "The provider's id in the configuration.")
    var id: String

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let id = try ProviderID.named(id)
        let request: LaunchRequest
        do throws(BrokerError) {
            request = try common.loadConfiguration(in: composition).entry(for: id).launchRequest()
        } catch {
            throw error.about(id)
        }
        switch common.format {
        case .json:
            try composition.console.write(request.members(for: id).terminalJSON)
        case .text:
            var table = TextTable()
            table.heading("Open \(request.target)")
            for parameter in request.parameters { table.row(parameter.name, parameter.value) }
            try composition.console.write(table.rendered(in: composition.console.style))
        }
    }
}
