public import Logging

/// What a provider instance is made with.
public struct ProviderContext: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The clock.
    public let clock: BrokerClock
    /// A logger for what is not about one login; it keeps the instance's secrets out. In a login use
    /// ``ExchangeContext/logger``, which keeps the credential out as well.
    public let logger: Logger

    private let resolver: SecretResolver
    let ledger: SecretLedger

    /// Makes a context.
    public init(
        id: ProviderID,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        resolver: SecretResolver = .process
    ) {
        self.id = id
        self.clock = clock
        self.resolver = resolver
        let ledger = SecretLedger()
        self.ledger = ledger
        self.logger = logger.redacting { ledger.redactor() }
    }

    /// Reads the secret that a setting refers to. From here on the pipeline keeps it out of every error and log.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        let secret = try resolver.resolve(reference)
        ledger.add(secret)
        return secret
    }
}
