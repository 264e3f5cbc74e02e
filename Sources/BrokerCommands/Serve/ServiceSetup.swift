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
            readEncryptionKey: { try parts.path.map { try currentEncryptionKey(at: $0, server: server) } },
            rotation: try server.tokens.rotation,
            algorithms: Set(parts.clients.map(\.signingAlgorithm)).union([.es256]),
            logger: logger
        )
    }

    /// The key encryption key as it is now: file and reference may have changed since the start.
    private func currentEncryptionKey(at path: String, server: ServerEntry) throws -> KeyEncryptionKey {
        let current = try? Configuration.load(
            contentsOf: path, providers: composition.providers, stores: composition.stores)
        return try KeyEncryptionKey((current?.server ?? server).keyEncryptionKey())
    }

    /// The keys in the configured store, for a command that changes them from outside of a service.
    ///
    /// - Parameter key: What they are encrypted with; nil for what configuration says.
    func storedSigningKeys(under key: KeyEncryptionKey? = nil) throws(BrokerError) -> SigningKeys {
        let server = try server
        guard configuration.storeKind.name != StoreKind.memory.name else {
            throw .misconfigured(
                """
                Nothing was changed: the keys of a store of kind memory exist only in the running service. Restart \
                the service for new keys, or configure a store of kind sqlite or postgres.
                """
            )
        }
        let encryptionKey =
            if let key { key } else {
                try KeyEncryptionKey(reading { () throws(ConfigurationError) in try server.keyEncryptionKey() })
            }
        return SigningKeys(
            store: try brokerStore,
            encryptionKey: encryptionKey,
            rotation: try server.tokens.rotation,
            algorithms: Set(
                configuration.clients.compactMap { SigningAlgorithm(rawValue: $0.signingAlgorithm) }
            ).union([.es256]),
            logger: logger
        )
    }

    /// What stands under `server:`.
    var server: ServerEntry {
        get throws(BrokerError) {
            guard let server = configuration.server else {
                throw .misconfigured(
                    "The configuration has no 'server:'. Add 'server:' and 'clients:', as the example does.")
            }
            return server
        }
    }

    private var brokerStore: any BrokerStore {
        get throws(BrokerError) {
            let store = try configuration.openStore(logger: logger, endingWith: composition.end)
            guard let store = store as? any BrokerStore else {
                throw .misconfigured(
                    "A store of kind \(configuration.storeKind.name) keeps no accounts and grants. Use another kind.")
            }
            return store
        }
    }

    /// Reads what configuration refers to. Where there is more than one problem, each has its line on standard error first.
    private func reading<Value>(_ read: () throws(ConfigurationError) -> Value) throws(BrokerError) -> Value {
        do { return try read() } catch { throw composition.console.report(error) }
    }
}

extension ServiceSetup {
    /// The setup of a command that works on a service's store from outside the service.
    init(_ common: CommonOptions, in composition: Composition) throws(BrokerError) {
        self.init(
            configuration: try common.loadConfiguration(in: composition),
            path: common.configurationPath,
            composition: composition,
            logger: common.logger
        )
    }
}
