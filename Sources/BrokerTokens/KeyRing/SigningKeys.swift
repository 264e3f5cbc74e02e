#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
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
    /// A look at the store on account of a key that is not known.
    private struct Inquiry: Sendable {
        let began: Duration
        let task: Task<Result<Void, BrokerError>, Never>
    }

    /// When the keys take turns.
    public let rotation: KeyRotation
    /// The algorithms that there are keys for.
    public let algorithms: Set<SigningAlgorithm>

    let logger: Logger
    let holdings = Locked(KeyHoldings())

    private let store: any KeyRingStore
    private let encryptionKey: Locked<KeyEncryptionKey>
    private let readEncryptionKey: @Sendable () async throws -> KeyEncryptionKey?
    private let clock: BrokerClock
    private let observations = Locked((replaced: KeyObservation(), ahead: KeyObservation()))
    private let storeAccess: StoreAccess
    private let inquiry = Locked<Inquiry?>(nil)

    private static let emptyKeySet = Data(#"{"keys":[]}"#.utf8)

    private static let attempts = 8
    private static let inquiryInterval = Duration.seconds(3)
    /// For how long a clock is behind until it counts as right.
    private static let correctionPatience = Duration.seconds(24 * 60 * 60)

    /// How often ``refresh()`` is called while serving, so that a key withdrawn by one process is out of use in all within
    /// twice that.
    package static let refreshInterval = Duration.seconds(1)

    /// Makes the keeper of the keys. It has none until ``prepare()``.
    ///
    /// - Parameters:
    ///   - store: Where the key ring is kept.
    ///   - encryptionKey: What the ring is encrypted with: the same in all processes.
    ///   - readEncryptionKey: Reads the key anew from where it is kept, for a ring that does not open with the present one,
    ///     since another process sealed it anew; nil where it cannot have changed.
    ///   - rotation: When keys take turns.
    ///   - algorithms: The algorithms that clients need. A first RSA key takes some hundred milliseconds to make.
    ///   - clock: The clock.
    ///   - logger: Gets a line whenever the ring has changed.
    public init(
        store: any KeyRingStore,
        encryptionKey: KeyEncryptionKey,
        readEncryptionKey: @escaping @Sendable () async throws -> KeyEncryptionKey? = { nil },
        rotation: KeyRotation = .standard,
        algorithms: Set<SigningAlgorithm> = [.es256],
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.store = store
        self.encryptionKey = Locked(encryptionKey)
        self.readEncryptionKey = readEncryptionKey
        self.rotation = rotation
        self.algorithms = algorithms
        self.clock = clock
        storeAccess = StoreAccess(clock: clock, logger: logger)
        self.logger = logger
    }

    /// Loads the key ring, or makes it at the first start of all. Call it before serving.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the stored ring cannot be opened, which is
    ///   never written over; of kind ``BrokerError/Kind/unavailable`` if the store fails.
    public func prepare() async throws(BrokerError) {
        try await refresh()
    }

    /// Loads what other processes have stored, and rotates what is due. Call it every second: a key that was withdrawn is
    /// in use until then.
    ///
    /// - Throws: As ``prepare()`` does; the keys that were known serve on, less those that were withdrawn.
    public func refresh() async throws(BrokerError) {
        let (algorithms, rotation, clock, observations) = (algorithms, rotation, clock, observations)
        try await update { ring in
            let (now, uptime) = (clock.now(), clock.uptime())
            let (replaced, ahead) = observations.withLock { observations in
                observations.replaced.note(ring.replaced(at: now, keeping: algorithms, under: rotation), at: uptime)
                observations.ahead.note(ring.ahead(of: now, under: rotation), at: uptime)
                return observations
            }
            return try ring.advance(
                to: now, for: algorithms, under: rotation,
                dropping: { replaced.holds(of: $0.key.id, for: $0.retention(under: rotation), at: uptime) },
                correcting: { ahead.holds(of: $0.key.id, for: Self.correctionPatience, at: uptime) })
        }
    }

    /// Begins a rotation before it is due. Processes that do so at the same time begin one.
    ///
    /// - Parameter immediately: Whether the new keys sign at once. Who caches the key set then meets tokens of a key that
    ///   it does not know, until it asks again.
    /// - Returns: Whether this call changed the keys. It does not if the next ones are published already.
    /// - Throws: As ``prepare()`` does.
    @discardableResult
    public func rotate(immediately: Bool = false) async throws(BrokerError) -> Bool {
        try await load()
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        let known = knownIDs
        return try await update { ring in
            try ring.rotate(
                at: clock.now(), knowing: known, immediately: immediately, for: algorithms, under: rotation)
        }
    }

    /// Takes all keys that there are out of use at once, as when one may have become known to others. New ones sign.
    ///
    /// This process refuses tokens of the old keys when it returns, and others once they call ``refresh()``.
    ///
    /// - Returns: The ids of the keys that are withdrawn.
    /// - Throws: As ``prepare()`` does.
    public func withdraw() async throws(BrokerError) -> [String] {
        try await load()
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        let known = snapshot?.ring.entries.map(\.key.id) ?? []
        _ = try await update { ring in
            let isWithdrawn = try ring.withdraw(Set(known), at: clock.now(), for: algorithms, under: rotation)
            let isMade = try ring.advance(
                to: clock.now(), for: algorithms, under: rotation, dropping: { _ in false }, correcting: { _ in false })
            return isWithdrawn || isMade
        }
        return known
    }

    /// Encrypts the ring with another key. Processes that run with the old one serve on, and read theirs anew.
    ///
    /// - Returns: Whether this call did; not if the ring is encrypted with that key already.
    /// - Throws: As ``prepare()`` does; ``BrokerError/Kind/misconfigured`` also where there is no ring.
    public func reseal(with newKey: KeyEncryptionKey) async throws(BrokerError) -> Bool {
        for _ in 0..<Self.attempts {
            guard let sealed = try await read() else {
                throw .misconfigured(
                    "The store holds no signing keys. Check that the configuration names the right store.")
            }
            if (try? KeyRing(sealed, openedWith: newKey)) != nil { return false }
            let ring = try KeyRing(sealed, openedWith: encryptionKey.withLock { $0 })
            if try await store(seal(ring, with: newKey, asVersion: sealed.version + 1)) { return true }
        }
        throw .contendedKeyRing
    }

    /// The key set that verifiers fetch (RFC 7517 §5): public keys only. It is made when the ring changes.
    public var jwks: Data { snapshot?.keySet ?? Self.emptyKeySet }

    /// The keys that there are, in the order of their turns.
    public var statuses: [SigningKeyStatus] {
        snapshot?.ring.statuses(at: clock.now(), under: rotation) ?? []
    }

    /// Whether there is a key that signs now, for each algorithm.
    package var canSign: Bool { algorithms.allSatisfy { signingKey(for: $0) != nil } }

    /// The key that signs now.
    func signingKey(for algorithm: SigningAlgorithm) -> SigningKey? {
        snapshot?.ring.signingKey(for: algorithm, at: clock.now())
    }

    /// The key of this id, if it verifies now. An id that is not known is looked for in the store, since another process
    /// may have rotated; but not for every token that anybody makes up.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unavailable`` if the store fails.
    func verificationKey(_ id: String) async throws(BrokerError) -> VerificationKey? {
        if let key = knownKey(id) { return key }
        try await inquire().value.get()
        return knownKey(id)
    }

    private func knownKey(_ id: String) -> VerificationKey? {
        guard let snapshot, let key = snapshot.verificationKeys[id],
            snapshot.ring.state(of: id, at: clock.now(), under: rotation) != .dropped
        else { return nil }
        return key
    }

    /// One look at the store for all who come while it lasts, and the next only after a while.
    private func inquire() -> Task<Result<Void, BrokerError>, Never> {
        let now = clock.uptime()
        return inquiry.withLock { inquiry in
            if let inquiry, now - inquiry.began < Self.inquiryInterval { return inquiry.task }
            // Detached: it must not inherit the deadline of the request that comes first.
            let task = Task.detached { [self] () async -> Result<Void, BrokerError> in
                do throws(BrokerError) { return .success(try await load()) } catch {
                    return .failure(error.kind == .misconfigured ? .unopenedKeyRing : error)
                }
            }
            inquiry = Inquiry(began: now, task: task)
            return task
        }
    }

    private var snapshot: KeyHoldings.Snapshot? { holdings.withLock { $0.snapshot } }

    private var knownIDs: Set<String> { Set(snapshot?.verificationKeys.keys.map(\.self) ?? []) }
}

extension SigningKeys {
    /// Changes the ring by compare-and-swap: whoever comes second looks again at what the first has made of it.
    ///
    /// - Returns: Whether it was changed.
    @concurrent
    @discardableResult
    private func update(_ change: @Sendable (inout KeyRing) throws -> Bool) async throws(BrokerError) -> Bool {
        for _ in 0..<Self.attempts {
            try await load()
            let stored = snapshot
            var ring = stored?.ring ?? KeyRing()
            do {
                guard try change(&ring) else { return false }
            } catch {
                throw cannotMake(error)
            }
            let sealed = try seal(
                ring, with: encryptionKey.withLock { $0 }, asVersion: (stored?.version ?? 0) + 1)
            if try await store(sealed) {
                try adopt(ring, as: sealed, ticket: holdings.withLock { $0.takeTicket() })
                return true
            }
        }
        throw .contendedKeyRing
    }

    private func seal(
        _ ring: KeyRing,
        with key: KeyEncryptionKey,
        asVersion version: Int
    ) throws(BrokerError) -> SealedKeyRing {
        do { return try ring.sealed(with: key, asVersion: version) } catch { throw cannotMake(error) }
    }

    private func cannotMake(_ error: any Error) -> BrokerError {
        logger.error("signing keys cannot be made", metadata: ["broker.error.type": "\(type(of: error))"])
        return BrokerError(.internalError, "The broker cannot make signing keys.")
    }

    private func load() async throws(BrokerError) {
        let ticket = holdings.withLock { $0.takeTicket() }
        let sealed = try await read()
        if let snapshot, snapshot.sealed == sealed { return }
        guard let sealed else { return try adopt(KeyRing(), as: nil, ticket: ticket) }
        try adopt(await open(sealed, ticket: ticket), as: sealed, ticket: ticket)
    }

    /// Opens a ring with the key at hand, or with the one that stands in its place now.
    private func open(_ sealed: SealedKeyRing, ticket: Int) async throws(BrokerError) -> KeyRing {
        do throws(BrokerError) {
            return try KeyRing(sealed, openedWith: encryptionKey.withLock { $0 })
        } catch {
            if let key = try? await readEncryptionKey(), let ring = try? KeyRing(sealed, openedWith: key) {
                encryptionKey.withLock { $0 = key }
                logger.notice("key encryption key changed", metadata: ["broker.keys.version": "\(sealed.version)"])
                return ring
            }
            try withdrawWhatIsNot(in: sealed, ticket: ticket)
            throw error
        }
    }

    /// Gives up the keys that a ring which cannot be opened does not list any more.
    private func withdrawWhatIsNot(in sealed: SealedKeyRing, ticket: Int) throws(BrokerError) {
        guard let ids = sealed.keyIDs, let snapshot, snapshot.version < sealed.version,
            !snapshot.verificationKeys.keys.allSatisfy(ids.contains)
        else { return }
        // The ring is kept as the version that it was made of, so that the next look at the store opens the present one.
        try adopt(snapshot.ring.keeping(ids), as: snapshot.sealed, ticket: ticket)
    }

    private func read() async throws(BrokerError) -> SealedKeyRing? {
        try await accessingStore(.keyRing) { [store] () async throws(StoreFailure) in try await store.keyRing() }
    }

    private func store(_ ring: SealedKeyRing) async throws(BrokerError) -> Bool {
        try await accessingStore(.replaceKeyRing) { [store] () async throws(StoreFailure) in
            try await store.replaceKeyRing(with: ring)
        }
    }

    private func adopt(_ ring: KeyRing, as sealed: SealedKeyRing?, ticket: Int) throws(BrokerError) {
        let snapshot = try KeyHoldings.Snapshot(ring, as: sealed)
        guard holdings.withLock({ $0.adopt(snapshot, ticket: ticket) }) else { return }
        logger.info(
            "signing keys changed",
            metadata: [
                "broker.keys.version": "\(snapshot.version)",
                "broker.keys": .array(ring.entries.map { "\($0.key.algorithm.rawValue) \($0.key.id)" }),
            ]
        )
    }

    private func accessingStore<Value: Sendable>(
        _ operation: StoreAccess.Operation,
        _ access: @escaping @Sendable () async throws(StoreFailure) -> Value
    ) async throws(BrokerError) -> Value {
        do throws(StoreFailure) {
            return try await storeAccess.call(operation, access)
        } catch {
            throw BrokerError(error, consequence: "The signing keys cannot be read or written.")
        }
    }
}

extension BrokerError {
    /// The ring may have the key that is asked for, and this process cannot know.
    fileprivate static var unopenedKeyRing: BrokerError {
        BrokerError(.unavailable, "The signing keys were encrypted with another key. Try again later.")
    }

    fileprivate static var contendedKeyRing: BrokerError {
        BrokerError(.unavailable, "The key ring is being changed by others all the time. Try again later.")
    }
}
