/// The rules of the kit for stores, one list a subject.
enum StoreRules {
    /// What holds of a store whatever its storage.
    static let ofEveryStore = [reserving, settling, expiry, purging, auditing, racing, cancellation].flatMap(\.self)
}
