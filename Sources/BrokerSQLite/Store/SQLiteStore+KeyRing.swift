public import IdentityBroker

extension SQLiteStore {
    /// The current key ring; see ``KeyRingStore/keyRing()``.
    public func keyRing() async throws(StoreFailure) -> SealedKeyRing? {
        guard let row = try await commits.run({ try $0.rows(.keyRing).first }) else { return nil }
        return try row.keyRing()
    }

    /// Replaces the key ring with its next version; see ``KeyRingStore/replaceKeyRing(with:)``.
    ///
    /// A key ring of more than 1 MiB is refused.
    public func replaceKeyRing(with keyRing: SealedKeyRing) async throws(StoreFailure) -> Bool {
        try StorableSize.check(keyRing)
        let replace = StoreCommand.replaceKeyRing(with: keyRing)
        return try await commits.run { try $0.run(replace) == 1 }
    }
}
