/// Keeps the one key ring that all processes of a broker sign and verify with.
public protocol KeyRingStore: Sendable {
    /// The key ring as it stands; nil where none was ever stored.
    ///
    /// - Throws: ``StoreFailure``.
    func keyRing() async throws(StoreFailure) -> SealedKeyRing?

    /// Stores a key ring in the place of the version before it; version 1 where there is none.
    ///
    /// Of any number of racing callers with one version, in any number of processes, exactly one gets `true`.
    ///
    /// - Returns: Whether it was stored.
    /// - Throws: ``StoreFailure``.
    func replaceKeyRing(with keyRing: SealedKeyRing) async throws(StoreFailure) -> Bool
}
