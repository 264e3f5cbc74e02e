import ArgumentParser
import BrokerConfiguration
import BrokerService
import IdentityBroker
import StrictJSON

struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Checks the apps that may get tokens, and shows what their developers have to enter.",
        discussion: """
            Example:
              broker clients check
            """,
        subcommands: [CheckClientsCommand.self]
    )
}

struct CheckClientsCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the clients, and shows what the developer of each app has to enter.",
        discussion: """
            Reads what each client authenticates with, and reports all problems at once. Then it shows, for each \
            client, the service's endpoints, the client's id, how it authenticates, and what is registered for it: \
            the app has to use the same redirect URIs, character by character. No secret is shown. It contacts no one.

            With --format json, the members have the names of OAuth 2.0 dynamic registration (RFC 7591).

            Examples:
              broker clients check
              broker clients check notes-web --format json
            """
    )

    @Argument(help: "The id of one client (default: all).")
    var id: String?

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let server = try configuration.requiredServer
        let problems = ServiceCheck(configuration: configuration, server: server).problemsOfClients
        guard problems.isEmpty else { throw composition.console.report(ConfigurationError(problems: problems)) }
        let report = ClientReport(
            clients: try chosenClients(of: configuration), endpoints: ServiceEndpoints(issuer: try server.servedIssuer))
        switch common.format {
        case .json: try composition.console.write(report.members.terminalJSON)
        case .text: try composition.console.write(report.table.rendered(in: composition.console.style))
        }
    }

    private func chosenClients(of configuration: Configuration) throws(BrokerError) -> [ClientEntry] {
        guard let id else { return configuration.clients }
        guard let client = configuration.clients.first(where: { $0.id == id }) else {
            let ids = configuration.clients.map(\.id)
            throw .misconfigured(
                "No client has the id '\(id)'. Known ids: \(ids.isEmpty ? "none" : ids.joined(separator: ", ")).")
        }
        return [client]
    }
}
