public import Foundation
public import IdentityBroker
public import Logging

/// The signing keys of a broker, which all its processes share through a store, and their rotation.
///
/// ```swift
/// let keys = SigningKeys(store: store, encryptionKey: try KeyEncryptionKey(secret))
/// try await keys.prepare()        // before serving
/// try await keys.refresh()        // every second while serving
/// ```
public final class SigningKeys: Sendable {
    /// When the keys are rotated.
    public let rotation: KeyRotation
    /// The algorithms that have keys.
    public let algorithms: Set<SigningAlgorithm>

    let logger: Logger
    let holdings = Locked(KeyHoldings())

    let store: any BrokerStore
    let encryptionKey: Locked<KeyEncryptionKey>
    let readEncryptionKey: @Sendable () async throws -> KeyEncryptionKey?
    let clock: BrokerClock
    private let watch: Locked<KeyRingWatch>
    let storeAccess: StoreAccess
    let inquiry = Locked<Inquiry?>(nil)

    private static let emptyKeySet = Data(#"{"keys":[]}"#.utf8)

    static let attempts = 8

    /// How often ``refresh()`` is called while serving, so that a key withdrawn by one process is out of use in all
    /// within twice that time.
    package static let refreshInterval = Duration.seconds(1)

    /// Creates the keeper of the keys. It has none until ``prepare()``.
    ///
    /// - Parameters:
    ///   - store: Where the key ring is kept.
    ///   - encryptionKey: The key that the ring is encrypted with: the same in all processes.
    ///   - readEncryptionKey: Reads the key again from its source, for a ring that does not open with the present one
    ///     because another process resealed it; nil if it cannot have changed.
    ///   - rotation: When keys are rotated.
    ///   - algorithms: The algorithms that have keys. By default both, so that whatever a client is changed to was published
    ///     before it is used. Creating the first RSA key takes a few hundred milliseconds.
    ///   - clock: The clock.
    ///   - logger: Receives a line whenever the ring changes.
    public init(
        store: any BrokerStore,
        encryptionKey: KeyEncryptionKey,
        readEncryptionKey: @escaping @Sendable () async throws -> KeyEncryptionKey? = { nil },
        rotation: KeyRotation = .standard,
        algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases),
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.store = store
        self.encryptionKey = Locked(encryptionKey)
        self.readEncryptionKey = readEncryptionKey
        self.rotation = rotation
        self.algorithms = algorithms
        self.clock = clock
        watch = Locked(KeyRingWatch(now: clock.now(), uptime: clock.uptime()))
        storeAccess = StoreAccess(clock: clock, logger: logger)
        self.logger = logger
    }

    /// Loads the key ring, or creates it at the very first start. Call it before serving.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the stored ring cannot be opened (it is
    ///   never overwritten); of kind ``BrokerError/Kind/unavailable`` if the store fails.
    public func prepare() async throws(BrokerError) {
        try await refresh()
    }

    /// Loads what other processes have stored, and rotates what is due. Call it every second: a withdrawn key stays in
    /// use until then.
    ///
    /// - Throws: As ``prepare()`` does; the known keys continue to serve, except the withdrawn ones.
    public func refresh() async throws(BrokerError) {
        let (algorithms, rotation, clock, watch) = (algorithms, rotation, clock, watch)
        try await update { ring in
            let (now, uptime) = (clock.now(), clock.uptime())
            let permitted = watch.withLock { watch in
                watch.note(ring, for: algorithms, under: rotation, now: now, uptime: uptime)
                return watch.permittedChanges(under: rotation, uptime: uptime)
            }
            return try ring.advance(to: now, for: algorithms, under: rotation, permitting: permitted)
        }
    }

    /// The key of the record that contains them.
    package static var recordKey: RecordKey { SealedKeyRing.key }

    /// Checks that the keys in a record can be opened, as ``prepare()`` does.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    package static func check(_ record: StoredRecord, openedWith key: KeyEncryptionKey) throws(BrokerError) {
        let sealed: Record<SealedKeyRing>
        do throws(StoreFailure) {
            sealed = try Record(record)
        } catch {
            throw .misconfigured("\(error.message) Restore the store from a backup.")
        }
        _ = try KeyRing(sealed, openedWith: key)
    }

    /// Checks that a key encryption key opens the present keys, or those that another process has resealed since.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    package func check(_ key: KeyEncryptionKey) throws(BrokerError) {
        var refusal: BrokerError?
        let rings = holdings.withLock { [$0.unopened, $0.snapshot?.sealed] }
        for ring in rings.compactMap(\.self) {
            do throws(BrokerError) {
                _ = try KeyRing(ring, openedWith: key)
                return
            } catch {
                refusal = error
            }
        }
        if let refusal { throw refusal }
    }

    /// The key set that verifiers fetch (RFC 7517 §5): public keys only. It is computed when the ring changes.
    public var jwks: Data { snapshot?.keySet ?? Self.emptyKeySet }

    /// The present keys, in the order of their turns.
    public var statuses: [SigningKeyStatus] {
        snapshot?.ring.statuses(at: clock.now(), under: rotation) ?? []
    }

    /// Whether every algorithm has a key that signs now.
    package var canSign: Bool { algorithms.allSatisfy { signingKey(for: $0) != nil } }

    /// The key that signs now.
    func signingKey(for algorithm: SigningAlgorithm) -> TokenSigningKey? {
        snapshot?.ring.signingKey(for: algorithm, at: clock.now())
    }

    var snapshot: KeyHoldings.Snapshot? { holdings.withLock { $0.snapshot } }
}
