import BrokerConfiguration
import BrokerServer
import BrokerTokens
import IdentityBroker
import Logging

/// What a service is made of.
struct ServiceSetup: Sendable {
    let configuration: Configuration
    let path: String
    let composition: Composition
    let logger: Logger

    /// What the service is made of, as configuration says.
    var configuredParts: ServiceParts {
        get throws(BrokerError) {
            let server = try server
            return ServiceParts(
                configuration: configuration,
                store: try brokerStore,
                encryptionKey: try KeyEncryptionKey(
                    reading { () throws(ConfigurationError) in try server.keyEncryptionKey() }),
                clients: try reading { () throws(ConfigurationError) in try configuration.tokenClients() },
                path: path
            )
        }
    }

    /// The keys that a service signs with.
    func signingKeys(for parts: ServiceParts, server: ServerEntry) throws(BrokerError) -> SigningKeys {
        SigningKeys(
            store: parts.store,
            encryptionKey: parts.encryptionKey,
            rotation: try server.tokens.rotation,
            algorithms: Set(parts.clients.map(\.signingAlgorithm)).union([.es256]),
            logger: logger
        )
    }

    /// What stands under `server:`.
    var server: ServerEntry {
        get throws(BrokerError) {
            guard let server = configuration.server else {
                throw .misconfigured(
                    "The configuration says nothing of a service. Write 'server:' and 'clients:' as the example does.")
            }
            return server
        }
    }

    private var brokerStore: any BrokerStore {
        get throws(BrokerError) {
            let store = try configuration.openStore(logger: logger, endingWith: composition.end)
            guard let store = store as? any BrokerStore else {
                throw .misconfigured(
                    "A store of kind \(configuration.storeKind.name) keeps no accounts and grants. Take another kind.")
            }
            return store
        }
    }

    /// Reads what configuration refers to. Where there is more than one problem, each has its line on standard error first.
    private func reading<Value>(_ read: () throws(ConfigurationError) -> Value) throws(BrokerError) -> Value {
        do { return try read() } catch { throw composition.console.report(error) }
    }
}
