import IdentityBroker
import Logging

extension SigningKeys {
    /// Changes the ring by compare-and-swap: the loser of a race starts over with the ring that the winner stored.
    ///
    /// - Returns: Whether it was changed.
    @concurrent
    @discardableResult
    func update(_ change: @Sendable (inout KeyRing) throws -> Bool) async throws(BrokerError) -> Bool {
        for _ in 0..<Self.attempts {
            try await load()
            let stored = snapshot
            var ring = stored?.ring ?? KeyRing()
            do {
                guard try change(&ring) else { return false }
            } catch {
                throw cannotMake(error)
            }
            let sealed = try seal(ring, with: encryptionKey.withLock { $0 }, replacing: stored?.sealed)
            if try await store(sealed) {
                adopt(opened: ring, as: sealed, ticket: holdings.withLock { $0.takeTicket() })
                return true
            }
        }
        throw .contendedKeyRing
    }

    func seal(
        _ ring: KeyRing,
        with key: KeyEncryptionKey,
        replacing previous: Record<SealedKeyRing>?
    ) throws(BrokerError) -> Record<SealedKeyRing> {
        do { return try ring.sealed(with: key, replacing: previous) } catch { throw cannotMake(error) }
    }

    private func cannotMake(_ error: any Error) -> BrokerError {
        logger.error("signing keys cannot be made", metadata: ["broker.error.type": "\(type(of: error))"])
        return BrokerError(.internalError, "The broker cannot make signing keys.")
    }

    func load() async throws(BrokerError) {
        let ticket = holdings.withLock { $0.takeTicket() }
        let sealed = try await read()
        if let snapshot, snapshot.sealed == sealed {
            return holdings.withLock { $0.note(unopened: nil, ticket: ticket) }
        }
        guard let sealed else { return adopt(opened: KeyRing(), as: nil, ticket: ticket) }
        adopt(opened: try await open(sealed, ticket: ticket), as: sealed, ticket: ticket)
    }

    /// Opens a ring with the present key, or with the one that has replaced it.
    private func open(_ sealed: Record<SealedKeyRing>, ticket: Int) async throws(BrokerError) -> KeyRing {
        do throws(BrokerError) {
            return try KeyRing(sealed, openedWith: encryptionKey.withLock { $0 })
        } catch {
            if let key = try? await readEncryptionKey(), let ring = try? KeyRing(sealed, openedWith: key) {
                encryptionKey.withLock { $0 = key }
                logger.notice("key encryption key changed", metadata: ["broker.keys.version": "\(sealed.version)"])
                return ring
            }
            holdings.withLock { $0.note(unopened: sealed, ticket: ticket) }
            withdrawWhatIsNot(in: sealed, ticket: ticket)
            throw error
        }
    }

    /// Drops the keys that a ring which cannot be opened no longer lists.
    private func withdrawWhatIsNot(in sealed: Record<SealedKeyRing>, ticket: Int) {
        guard let ids = sealed.keyIDs, let snapshot, snapshot.version < sealed.version,
            !snapshot.verificationKeys.keys.allSatisfy(ids.contains)
        else { return }
        // The ring keeps the version that it was derived from, so that the next read of the store opens the present
        // one.
        adopt(snapshot.ring.keeping(ids), as: snapshot.sealed, ticket: ticket)
    }

    func read() async throws(BrokerError) -> Record<SealedKeyRing>? {
        let now = clock.now()
        return try await accessingStore(.keyRing) { [store] () async throws(StoreFailure) in
            try await store.record(SealedKeyRing.self, SealedKeyRing.id, at: now)
        }
    }

    /// - Returns: Whether the ring that it replaces was still the current one.
    func store(_ ring: Record<SealedKeyRing>) async throws(BrokerError) -> Bool {
        let now = clock.now()
        return try await accessingStore(.replaceKeyRing) { [store] () async throws(StoreFailure) in
            try await store.commit([ring.put()], at: now) == .done(consumed: [])
        }
    }

    private func adopt(opened ring: KeyRing, as sealed: Record<SealedKeyRing>?, ticket: Int) {
        holdings.withLock { $0.note(unopened: nil, ticket: ticket) }
        adopt(ring, as: sealed, ticket: ticket)
    }

    private func adopt(_ ring: KeyRing, as sealed: Record<SealedKeyRing>?, ticket: Int) {
        let snapshot = KeyHoldings.Snapshot(ring, as: sealed)
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
    static var contendedKeyRing: BrokerError {
        BrokerError(.unavailable, "Other processes keep changing the key ring. Try again later.")
    }
}
