package import BrokerConfiguration
package import BrokerTokens
import IdentityBroker
package import Logging

extension SigningKeys {
    /// The signing keys of a service with these parts.
    convenience init(_ parts: ServiceParts, logger: Logger) {
        let (file, server) = (parts.file, parts.server)
        self.init(
            store: parts.store,
            encryptionKey: parts.encryptionKey,
            readEncryptionKey: {
                try file.map { file in
                    // File and reference may have changed since startup.
                    let current = try? file.load()
                    return try KeyEncryptionKey((current?.server ?? server).keyEncryptionKey())
                }
            },
            rotation: parts.server.rotation,
            logger: logger
        )
    }

    /// The keys in the configured store, for a program other than the service that changes them.
    ///
    /// - Parameter key: The key encryption key; nil for the configured one.
    /// - Throws: ``ConfigurationError`` or ``BrokerError``.
    package convenience init(
        storedBy configuration: Configuration,
        under key: KeyEncryptionKey? = nil,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws {
        let server = try configuration.requiredServer
        guard configuration.storeKind.name != StoreKind.memory.name else {
            throw BrokerError.misconfigured(
                """
                Nothing was changed: the keys of a store of kind memory exist only in the running service. Restart \
                the service for new keys, or configure a store of kind sqlite or postgres.
                """
            )
        }
        let encryptionKey = if let key { key } else { try KeyEncryptionKey(server.keyEncryptionKey()) }
        self.init(
            store: try configuration.openStore(logger: logger, endingWith: end),
            encryptionKey: encryptionKey,
            rotation: server.rotation,
            logger: logger
        )
    }
}
