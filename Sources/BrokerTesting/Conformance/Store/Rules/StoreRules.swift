/// The rules of the kit for stores, one list per subject.
enum StoreRules {
    /// The rules for every store.
    static let ofEveryStore =
        [reserving, settling, expiry, time, purging, auditing, racing, cancellation].flatMap(\.self)

    /// The rules for every store that keeps accounts.
    static let ofEveryAccountStore = [accounts, contacts, signInRecords].flatMap(\.self)

    /// The rules for every store that keeps records.
    static let ofEveryRecordStore = [records, commits, recordExpiry].flatMap(\.self)
}
