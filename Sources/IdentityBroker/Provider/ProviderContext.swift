public import Logging

/// What a provider instance is created with.
public struct ProviderContext: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The clock.
    public let clock: BrokerClock
    /// A logger for events outside logins; it redacts the instance's secrets. In a login, use
    /// ``ExchangeContext/logger``, which also redacts the credential.
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

    /// Reads the secret that a setting refers to. From then on, the pipeline keeps it out of every error and log.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        let secret = try resolver.resolve(reference)
        ledger.add(secret)
        return secret
    }
}
