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
    /// The instances of the configured providers.
    let instances: [ProviderInstance]
    let store: any BrokerStore
    let encryptionKey: KeyEncryptionKey
    let clients: [TokenClient]
    /// The file to follow while the service runs; nil for none.
    let file: ConfigurationFile?

    /// Makes it from your own parts.
    ///
    /// - Throws: ``ConfigurationError`` with every problem.
    package init(
        configuration: Configuration,
        server: ServerEntry,
        store: any BrokerStore,
        encryptionKey: KeyEncryptionKey,
        clients: [TokenClient],
        logger: Logger
    ) throws(ConfigurationError) {
        let (instances, problems) = Self.instances(of: configuration, checking: server, logger: logger)
        guard problems.isEmpty, let instances else { throw ConfigurationError(problems: problems) }
        self.configuration = configuration
        self.server = server
        self.instances = instances
        self.store = store
        self.encryptionKey = encryptionKey
        self.clients = clients
        file = nil
    }

    /// Makes the parts from a configuration. A store is opened, and possibly created, only if nothing else is wrong.
    ///
    /// - Throws: ``ConfigurationError`` with every problem, or ``BrokerError``.
    package init(_ configuration: Configuration, logger: Logger, endingWith end: OrderlyEnd) throws {
        let server = try configuration.requiredServer
        var (instances, problems) = Self.instances(of: configuration, checking: server, logger: logger)
        let encryptionKey = problems.collecting(server.makeEncryptionKey)
        let clients = problems.collecting(configuration.tokenClients)
        guard problems.isEmpty, let encryptionKey, let clients, let instances else {
            throw ConfigurationError(problems: problems + configuration.storeProblems)
        }
        self.configuration = configuration
        self.server = server
        self.instances = instances
        self.encryptionKey = encryptionKey
        self.clients = clients
        store = try configuration.openStore(logger: logger, endingWith: end)
        file = configuration.file
    }

    /// Makes the instances of the providers, and checks the service.
    private static func instances(
        of configuration: Configuration,
        checking server: ServerEntry,
        logger: Logger
    ) -> (instances: [ProviderInstance]?, problems: [ConfigurationProblem]) {
        var problems = ServiceCheck(configuration: configuration, server: server).problems
        let instances = problems.collecting { () throws(ConfigurationError) in
            try configuration.makeInstances(logger: logger)
        }
        return (instances, problems)
    }
}

extension [ConfigurationProblem] {
    /// The value, if it can be made; otherwise nil, and its problems are added.
    fileprivate mutating func collecting<Value>(_ make: () throws(ConfigurationError) -> Value) -> Value? {
        do {
            return try make()
        } catch {
            self += error.problems
            return nil
        }
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
    /// The key with which the signing keys in the store are encrypted.
    func makeEncryptionKey() throws(ConfigurationError) -> KeyEncryptionKey {
        let secret = try keyEncryptionKey()
        do throws(BrokerError) {
            return try KeyEncryptionKey(secret)
        } catch {
            throw ConfigurationError(problems: [problem(for: error, at: ["keyEncryptionKey"])])
        }
    }

    /// The URL by which apps know the service; derived from its address if configuration gives none.
    package var servedIssuer: String {
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
