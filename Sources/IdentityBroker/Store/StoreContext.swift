public import Logging

/// What a store is created with, besides its settings.
public struct StoreContext: Sendable {
    /// A logger for the store's events, not those of logins. It must not log data from users.
    public let logger: Logger
    /// How long opening the store may wait for others, such as a program that holds its lock.
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

    /// How long opening a store may take by default: 5 seconds.
    public static let openingTimeout = Duration.seconds(5)

    /// Reads the secret that a setting refers to.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        try resolver.resolve(reference)
    }
}
