public import IdentityBroker

extension PostgresStore {
    /// The current key ring; see ``KeyRingStore/keyRing()``.
    public func keyRing() async throws(StoreFailure) -> SealedKeyRing? {
        guard let row = try await table(of: statements.keyRing).first else { return nil }
        return try statements.keyRing(of: row)
    }

    /// Replaces the key ring with its next version; see ``KeyRingStore/replaceKeyRing(with:)``.
    ///
    /// A key ring of more than 1 MiB is refused.
    public func replaceKeyRing(with keyRing: SealedKeyRing) async throws(StoreFailure) -> Bool {
        try StorableSize.check(keyRing)
        return try await changedRows(by: statements.replaceKeyRing(with: keyRing)) == 1
    }
}
