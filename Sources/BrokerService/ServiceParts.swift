package import BrokerConfiguration
import BrokerServer
import BrokerServing
package import BrokerTokens
package import IdentityBroker
package import Logging

/// The parts of a service.
package struct ServiceParts: Sendable {
    /// The configuration whose providers are served.
    let configuration: Configuration
    let server: ServerEntry
    let store: any BrokerStore
    let encryptionKey: KeyEncryptionKey
    let clients: [TokenClient]
    /// The file to follow while the service runs; nil for none.
    let file: ConfigurationFile?

    /// Makes it from your own parts.
    package init(
        configuration: Configuration,
        server: ServerEntry,
        store: any BrokerStore,
        encryptionKey: KeyEncryptionKey,
        clients: [TokenClient]
    ) {
        self.configuration = configuration
        self.server = server
        self.store = store
        self.encryptionKey = encryptionKey
        self.clients = clients
        file = nil
    }

    /// Makes the parts from a configuration.
    ///
    /// - Throws: ``ConfigurationError`` or ``BrokerError``.
    package init(_ configuration: Configuration, logger: Logger, endingWith end: OrderlyEnd) throws {
        self.configuration = configuration
        server = try configuration.requiredServer
        store = try configuration.openBrokerStore(logger: logger, endingWith: end)
        encryptionKey = try KeyEncryptionKey(server.keyEncryptionKey())
        clients = try configuration.tokenClients()
        file = configuration.file
    }
}

extension Configuration {
    /// The `server:` section.
    package var requiredServer: ServerEntry {
        get throws(BrokerError) {
            guard let server else {
                throw .misconfigured(
                    "The configuration has no 'server:'. Add 'server:' and 'clients:', as the example does.")
            }
            return server
        }
    }
}

extension ServerEntry {
    /// The URL by which apps know the service; derived from its address if configuration gives none.
    var servedIssuer: String {
        get throws(BrokerError) {
            if let issuer { return issuer }
            guard listen.port != 0 else {
                throw .misconfigured("'listen' takes any free port, so it gives no issuer. Set 'issuer'.")
            }
            return "\(tls == nil ? "http" : "https")://\(listen.authority())"
        }
    }
}

extension ServingAddress {
    /// The configured address.
    init(_ server: ServerEntry) throws(BrokerError) {
        self.init(
            host: server.listen.host,
            port: server.listen.port,
            certificate: try server.tls.map { files throws(BrokerError) in
                try ServingCertificate(certificateFile: files.certificate, keyFile: files.key)
            }
        )
    }
}
