import IdentityBroker

/// The key ring in a row of ``StoreStatement/keyRing``.
extension StoreRow {
    private enum KeyRingColumn: Int {
        case version, sealed
    }

    /// The current key ring.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func keyRing() throws(StoreFailure) -> SealedKeyRing {
        guard let version = integer(KeyRingColumn.version), let sealed = data(KeyRingColumn.sealed) else {
            throw StoreFailure("The key ring is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return SealedKeyRing(version: Int(version), sealed: sealed)
    }
}
