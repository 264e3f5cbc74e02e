import BrokerConfiguration
import BrokerSQLite
import BrokerService
import IdentityBroker
import Logging
import WXAppProvider

/// Serves a configuration file, and follows its changes, until SIGTERM.
@main
struct FileServer {
    static func main() async throws {
        let file = ConfigurationFile(
            CommandLine.arguments.dropFirst().first ?? "Config/broker.yaml",
            providers: try ProviderRegistry([WXAppProvider.self]),
            stores: try StoreRegistry([.sqlite, .memory]))
        let service = try await BrokerService(file.load(), logger: Logger(label: "broker"))
        try await service.run { print("Serving \(service.issuer) at port \($0.service)") }
    }
}
