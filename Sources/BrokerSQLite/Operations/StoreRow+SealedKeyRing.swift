import IdentityBroker

/// The key ring in a row of ``StoreStatement/keyRing``.
extension StoreRow {
    private enum KeyRingColumn: Int {
        case version, sealed
    }

    /// The key ring as it stands.
    ///
    /// - Throws: ``StoreFailure`` where somebody else wrote to the table.
    func keyRing() throws(StoreFailure) -> SealedKeyRing {
        guard let version = integer(KeyRingColumn.version), let sealed = data(KeyRingColumn.sealed) else {
            throw StoreFailure("The key ring is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return SealedKeyRing(version: Int(version), sealed: sealed)
    }
}
