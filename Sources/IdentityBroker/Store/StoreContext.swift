public import Logging

/// What a store is made with beside its settings.
public struct StoreContext: Sendable {
    /// A logger for what is about the store and no login. Nothing that came from a user belongs there.
    public let logger: Logger
    /// How long the opening of the store may wait for others at most, such as for a program that holds its lock.
    public let openingTimeout: Duration

    private let resolver: SecretResolver

    /// Makes a context.
    public init(
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        resolver: SecretResolver = .process,
        openingTimeout: Duration = Self.openingTimeout
    ) {
        self.openingTimeout = openingTimeout
        self.logger = logger
        self.resolver = resolver
    }

    /// How long opening a store may take unless said otherwise: 5 seconds.
    public static let openingTimeout = Duration.seconds(5)

    /// Reads the secret that a setting refers to.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        try resolver.resolve(reference)
    }
}
