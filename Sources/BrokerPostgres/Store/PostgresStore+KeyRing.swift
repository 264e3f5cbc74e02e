public import IdentityBroker

extension PostgresStore {
    /// The key ring as it stands; see ``KeyRingStore/keyRing()``.
    public func keyRing() async throws(StoreFailure) -> SealedKeyRing? {
        guard let row = try await table(of: statements.keyRing).first else { return nil }
        return try statements.keyRing(of: row)
    }

    /// Replaces the key ring by its next version; see ``KeyRingStore/replaceKeyRing(with:)``.
    ///
    /// A key ring of more than 1 MiB is refused.
    public func replaceKeyRing(with keyRing: SealedKeyRing) async throws(StoreFailure) -> Bool {
        try StorableSize.check(keyRing)
        return try await changedRows(by: statements.replaceKeyRing(with: keyRing)) == 1
    }
}
