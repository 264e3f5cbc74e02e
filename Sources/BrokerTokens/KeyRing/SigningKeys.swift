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
/// try await keys.refresh()        // every minute while serving
/// ```
public final class SigningKeys: Sendable {
    /// A look at the store on account of a key that is not known.
    private struct Inquiry: Sendable {
        let began: Date
        let task: Task<Result<Void, BrokerError>, Never>
    }

    /// When the keys take turns.
    public let rotation: KeyRotation
    /// The algorithms that there are keys for.
    public let algorithms: Set<SigningAlgorithm>

    private let store: any KeyRingStore
    private let encryptionKey: KeyEncryptionKey
    private let clock: BrokerClock
    private let logger: Logger
    private let holdings = Locked(KeyHoldings())
    private let inquiry = Locked<Inquiry?>(nil)

    private static let emptyKeySet = Data(#"{"keys":[]}"#.utf8)

    private static let attempts = 8
    private static let inquiryInterval = Duration.seconds(3)

    /// Makes the keeper of the keys. It has none until ``prepare()``.
    ///
    /// - Parameters:
    ///   - store: Where the key ring is kept.
    ///   - encryptionKey: What the ring is encrypted with: the same in all processes.
    ///   - rotation: When keys take turns.
    ///   - algorithms: The algorithms that clients need. A first RSA key takes some hundred milliseconds to make.
    ///   - clock: The clock.
    ///   - logger: Gets a line whenever the ring has changed.
    public init(
        store: any KeyRingStore,
        encryptionKey: KeyEncryptionKey,
        rotation: KeyRotation = .standard,
        algorithms: Set<SigningAlgorithm> = [.es256],
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.store = store
        self.encryptionKey = encryptionKey
        self.rotation = rotation
        self.algorithms = algorithms
        self.clock = clock
        self.logger = logger
    }

    /// Loads the key ring, or makes it at the first start of all. Call it before serving.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the stored ring cannot be opened, which is
    ///   never written over; of kind ``BrokerError/Kind/unavailable`` if the store fails.
    public func prepare() async throws(BrokerError) {
        try await refresh()
    }

    /// Loads what other processes have stored, and rotates what is due. Call it every minute.
    ///
    /// - Throws: As ``prepare()`` does; the keys that were known serve on.
    public func refresh() async throws(BrokerError) {
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        try await update { ring in try ring.advance(to: clock.now(), for: algorithms, under: rotation) }
    }

    /// Begins a rotation before it is due. Processes that do so at the same time begin one.
    ///
    /// - Parameter immediately: Whether the new keys sign at once, as when a key may have become known to others. Who
    ///   caches the key set then meets tokens of a key that it does not know, until it asks again.
    /// - Throws: As ``prepare()`` does.
    public func rotate(immediately: Bool = false) async throws(BrokerError) {
        try await load()
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        let known = Set(snapshot?.verificationKeys.keys.map(\.self) ?? [])
        try await update { ring in
            try ring.rotate(
                at: clock.now(), knowing: known, immediately: immediately, for: algorithms, under: rotation)
        }
    }

    /// The key set that verifiers fetch (RFC 7517 §5): public keys only. It is made when the ring changes.
    public var jwks: Data { snapshot?.keySet ?? Self.emptyKeySet }

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
        let now = clock.now()
        return inquiry.withLock { inquiry in
            if let inquiry {
                let age = now.timeIntervalSince(inquiry.began)
                // One that lies ahead was begun before the clock was set back.
                if age >= 0, .seconds(age) < Self.inquiryInterval { return inquiry.task }
            }
            let task = Task { () async -> Result<Void, BrokerError> in
                do throws(BrokerError) { return .success(try await load()) } catch { return .failure(error) }
            }
            inquiry = Inquiry(began: now, task: task)
            return task
        }
    }

    private var snapshot: KeyHoldings.Snapshot? { holdings.withLock { $0.snapshot } }
}

extension SigningKeys {
    /// Changes the ring by compare-and-swap: whoever comes second looks again at what the first has made of it.
    @concurrent
    private func update(_ change: @Sendable (inout KeyRing) throws -> Bool) async throws(BrokerError) {
        for _ in 0..<Self.attempts {
            try await load()
            let stored = snapshot
            var ring = stored?.ring ?? KeyRing()
            let sealed: SealedKeyRing
            do {
                guard try change(&ring) else { return }
                sealed = try ring.sealed(with: encryptionKey, asVersion: (stored?.version ?? 0) + 1)
            } catch {
                logger.error("signing keys cannot be made", metadata: ["broker.error.type": "\(type(of: error))"])
                throw BrokerError(.internalError, "The broker cannot make signing keys.")
            }
            if try await store(sealed) {
                return try adopt(ring, as: sealed, ticket: holdings.withLock { $0.takeTicket() })
            }
        }
        throw BrokerError(.unavailable, "The key ring is being changed by others all the time. Try again later.")
    }

    private func load() async throws(BrokerError) {
        let ticket = holdings.withLock { $0.takeTicket() }
        let sealed = try await accessingStore { [store] () async throws(StoreFailure) in try await store.keyRing() }
        if let snapshot, snapshot.sealed == sealed { return }
        let ring = try sealed.map { sealed throws(BrokerError) in
            try KeyRing(sealed, openedWith: encryptionKey)
        }
        try adopt(ring ?? KeyRing(), as: sealed, ticket: ticket)
    }

    private func store(_ ring: SealedKeyRing) async throws(BrokerError) -> Bool {
        try await accessingStore { [store] () async throws(StoreFailure) in
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
        _ access: @escaping @Sendable () async throws(StoreFailure) -> Value
    ) async throws(BrokerError) -> Value {
        do throws(StoreFailure) {
            return try await uncancelled(access)
        } catch {
            logger.error("store failed over the key ring", metadata: ["broker.store.message": "\(error.message)"])
            throw BrokerError(.unavailable, "The store cannot be asked for the signing keys now. Try again later.")
        }
    }
}
