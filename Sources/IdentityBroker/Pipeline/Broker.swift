public import Logging
import Tracing

/// Turns credentials into identities: the one entry to everything in this module.
///
/// ```swift
/// let broker = try Broker(providers: [wxapp], transport: CurlTransport())
/// let identity = try await broker.login("wxapp", with: .ticket(ticket))
/// ```
public final class Broker: Sendable {
    let transport: any UpstreamTransport
    let store: any LoginStore
    let clock: BrokerClock
    let identifiers: IdentifierSource
    let logger: Logger
    let retention: Duration

    private let directory: Locked<ProviderDirectory>

    /// Makes a broker.
    ///
    /// - Parameters:
    ///   - providers: The instances that it serves.
    ///   - transport: What carries requests to upstreams.
    ///   - store: Where credentials are reserved and logins recorded. The default forgets both with the process.
    ///   - retention: For how long a credential that was presented is remembered; longer than any upstream's credential
    ///     lives. 24 hours by default.
    ///   - clock: The clock.
    ///   - identifiers: Where logins get their ids from.
    ///   - logger: Gets one line a login, at `info`. No secret, ticket, token or phone number at any level.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two instances have the same id, or if the
    ///   retention is not longer than nothing, which would forget a credential as it is reserved.
    public init(
        providers: [ProviderInstance],
        transport: any UpstreamTransport,
        store: any LoginStore = MemoryStore(),
        retention: Duration = .seconds(24 * 60 * 60),
        clock: BrokerClock = .system,
        identifiers: IdentifierSource = .random,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) {
        guard retention > .zero else {
            throw .misconfigured("The retention of credentials has to be longer than nothing.")
        }
        directory = Locked(try ProviderDirectory(providers))
        self.transport = transport
        self.store = store
        self.retention = retention
        self.clock = clock
        self.identifiers = identifiers
        self.logger = logger
    }

    /// Exchanges a credential for an identity.
    ///
    /// - Parameters:
    ///   - id: Which provider instance to ask.
    ///   - credential: What the user's app brought.
    /// - Returns: The identity. Its login stands in the audit log by then.
    /// - Throws: ``BrokerError``; ``BrokerError/credential`` says what became of the credential.
    public func login(_ id: ProviderID, with credential: Credential) async throws(BrokerError) -> Identity {
        let result = await withSpan("broker.login") { span in
            span.attributes["broker.provider"] = id.rawValue
            var login = Login(id, with: credential, at: self)
            let result = await login.run()
            if case .failure(let error) = result {
                span.attributes["broker.failure"] = error.kind.rawValue
                span.setStatus(SpanStatus(code: .error))
            }
            return result
        }
        return try result.get()
    }

    /// The ids of the instances that the broker knows, in order.
    public var providers: [ProviderID] { directory.withLock { $0.ids } }

    /// The kill switch. Off, an instance refuses every login from now on, those under way included.
    ///
    /// - Returns: Whether there is such an instance. One that was configured as off stays off.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, for id: ProviderID) -> Bool {
        directory.withLock { $0.setEnabled(isEnabled, for: id) }
    }

    func entry(for id: ProviderID) -> ProviderDirectory.Entry? {
        directory.withLock { $0[id] }
    }
}
