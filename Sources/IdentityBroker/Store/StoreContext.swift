public import Logging

/// What a store is made with beside its settings.
public struct StoreContext: Sendable {
    /// A logger for what is about the store and no login. Nothing that came from a user belongs there.
    public let logger: Logger

    private let resolver: SecretResolver

    /// Makes a context.
    public init(
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        resolver: SecretResolver = .process
    ) {
        self.logger = logger
        self.resolver = resolver
    }

    /// Reads the secret that a setting refers to.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        try resolver.resolve(reference)
    }
}
