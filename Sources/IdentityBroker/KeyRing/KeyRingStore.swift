/// Keeps the single key ring with which all processes of a broker sign and verify.
public protocol KeyRingStore: Sendable {
    /// The current key ring; nil if none was ever stored.
    ///
    /// - Throws: ``StoreFailure``.
    func keyRing() async throws(StoreFailure) -> SealedKeyRing?

    /// Stores a key ring in place of its previous version; the first has version 1.
    ///
    /// Of any number of callers that race with one version, in any number of processes, exactly one gets `true`.
    ///
    /// - Returns: Whether it was stored.
    /// - Throws: ``StoreFailure``.
    func replaceKeyRing(with keyRing: SealedKeyRing) async throws(StoreFailure) -> Bool
}
