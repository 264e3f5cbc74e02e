/// The rules of the kit for stores, one list per subject.
enum StoreRules {
    /// What holds of a store whatever its storage.
    static let ofEveryStore =
        [reserving, settling, expiry, time, purging, auditing, racing, cancellation].flatMap(\.self)

    /// What holds of a store that keeps accounts, grants and a key ring, whatever its storage.
    static let ofEveryAccountStore = [accounts, grants, keyRings].flatMap(\.self)

    /// What holds of a store that keeps records, whatever its storage.
    static let ofEveryRecordStore = [records, commits, recordExpiry].flatMap(\.self)
}
