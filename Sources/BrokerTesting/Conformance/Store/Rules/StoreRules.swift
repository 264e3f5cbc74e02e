/// The rules of the kit for stores, one list per subject.
enum StoreRules {
    /// The rules for every store.
    static let ofEveryStore =
        [
            reserving, settling, expiry, time, purging, auditing, racing, cancellation, accounts, contacts,
            signInRecords, records, commits, mixedCommits, recordExpiry,
        ].flatMap(\.self)

    /// The rules for stores that share a storage with others.
    static let ofSharedStores =
        [sharing, sharingTime, sharingAccounts, sharingRecords, sharingCommits].flatMap(\.self)

    /// The rules for every store in whose storage a fault can be caused.
    static func ofEveryStore(whileFault name: String) -> [StoreRule<FaultBench>] {
        underFault(name) + accountsUnderFault(name) + recordsUnderFault(name)
    }
}
