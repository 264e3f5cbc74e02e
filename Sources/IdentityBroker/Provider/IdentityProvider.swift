public import Logging

/// An upstream that vouches for people: the protocol of plugins.
///
/// A provider turns one credential into one ``UpstreamIdentity`` and does nothing else. It sends through the
/// ``ExchangeContext`` of its login, keeps no state between logins, and throws ``BrokerError``. The pipeline, which
/// calls the provider only in its middle, enforces what must always hold: single use, deadlines, egress, the gate, the
/// audit.
///
/// Optional abilities are further protocols, such as ``LaunchRequesting``: a type that conforms has the ability.
public protocol IdentityProvider: Sendable {
    /// What `settings:` in the configuration contains. It holds ``SecretReference``s, never secrets.
    associatedtype Settings: Decodable & Sendable

    /// The type's name, accepted credentials, settings and documentation.
    static var manifest: ProviderManifest { get }

    /// Who vouches for the subjects that this instance returns. Single use is scoped by it, and so are identity keys,
    /// unless an identity has its own ``UpstreamIdentity/issuer``.
    var issuer: Issuer { get }

    /// The nonce rule of this instance's upstream, if it depends on settings; nil for the manifest's.
    var nonceRule: NonceRule? { get }

    /// The manifest as it is for this instance, if its credentials, what binds their codes, or its documentation depend on
    /// settings; by default, the type's.
    ///
    /// The name of the type, its settings and its notices stay as they are.
    func adapted(_ manifest: ProviderManifest) -> ProviderManifest

    /// The addresses that the settings lead to; by default none. What the instance's network rules would refuse at each
    /// login is refused when the instance is made. Addresses that a login learns are no part of it.
    var endpoints: [ProviderEndpoint] { get }

    /// Makes an instance.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says which setting is wrong, and why.
    init(settings: Settings, context: ProviderContext) throws

    /// Exchanges the credential for what the upstream knows about the person.
    ///
    /// - Parameters:
    ///   - credential: Has a kind and form from the manifest; already reserved.
    ///   - exchange: This login's guarded transport, deadline and redacting logger.
    /// - Throws: ``BrokerError``. Anything else counts as a bug in the provider.
    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity
}

extension IdentityProvider {
    /// The manifest's rule applies.
    public var nonceRule: NonceRule? { nil }

    /// None.
    public var endpoints: [ProviderEndpoint] { [] }

    /// The type's.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest { manifest }
}

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
