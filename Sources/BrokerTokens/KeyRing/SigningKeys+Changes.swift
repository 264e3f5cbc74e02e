public import IdentityBroker

extension SigningKeys {
    /// Starts a rotation before it is due. Processes that do so at the same time start a single one.
    ///
    /// - Parameter immediately: Whether the next keys sign at once: those already published, or else new ones.
    ///   Verifiers that cached the key set before a key was published refuse its tokens until they fetch the set again.
    /// - Returns: Whether this call changed the keys. Without `immediately` it does not if the next ones are already
    ///   published.
    /// - Throws: As ``prepare()`` does.
    @discardableResult
    public func rotate(immediately: Bool = false) async throws(BrokerError) -> Bool {
        try await replaceKeys(immediately: immediately).isChange
    }

    /// Like ``rotate(immediately:)``, and returns what changed.
    package func replaceKeys(immediately: Bool) async throws(BrokerError) -> KeyReplacement {
        try await load()
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        let signers = Set(algorithms.compactMap { signingKey(for: $0)?.id })
        let replacement = Locked(KeyReplacement())
        try await update { ring in
            let change = try ring.rotate(
                at: clock.now(), replacing: signers, immediately: immediately, for: algorithms, under: rotation)
            replacement.withLock { $0 = change }
            return change.isChange
        }
        return replacement.withLock { $0 }
    }

    /// Withdraws all present keys at once, for example when one may have leaked. New ones sign.
    ///
    /// This process refuses tokens of the old keys when it returns, and others once they call ``refresh()``.
    ///
    /// - Returns: The ids of the withdrawn keys.
    /// - Throws: As ``prepare()`` does.
    public func withdraw() async throws(BrokerError) -> [String] {
        try await load()
        let (algorithms, rotation, clock) = (algorithms, rotation, clock)
        let known = snapshot?.ring.entries.map(\.key.id) ?? []
        _ = try await update { ring in
            let isWithdrawn = try ring.withdraw(Set(known), at: clock.now(), for: algorithms, under: rotation)
            let isMade = try ring.advance(
                to: clock.now(), for: algorithms, under: rotation, permitting: .none)
            return isWithdrawn || isMade
        }
        return known
    }

    /// Encrypts the ring with another key. Processes that run with the old one keep serving, and read their key again.
    ///
    /// - Returns: Whether this call changed the ring; false if it is already encrypted with that key.
    /// - Throws: As ``prepare()`` does; ``BrokerError/Kind/misconfigured`` also if there is no ring.
    public func reseal(with newKey: KeyEncryptionKey) async throws(BrokerError) -> Bool {
        for _ in 0..<Self.attempts {
            guard let sealed = try await read() else {
                throw .misconfigured(
                    "The store holds no signing keys. Check that the configuration names the right store.")
            }
            if (try? KeyRing(sealed, openedWith: newKey)) != nil { return false }
            let ring = try KeyRing(sealed, openedWith: encryptionKey.withLock { $0 })
            if try await store(seal(ring, with: newKey, replacing: sealed)) { return true }
        }
        throw .contendedKeyRing
    }
}
