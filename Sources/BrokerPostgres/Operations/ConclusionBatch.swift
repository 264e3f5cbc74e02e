import IdentityBroker

/// Ends of logins that are sent to the server together.
struct ConclusionBatch: Sendable {
    /// What one caller wants to be written.
    struct Entry: Sendable {
        let conclusion: Conclusion
        let answer: PendingOperation.Answer<CommitResult>
    }

    private(set) var entries: [Entry] = []
    private(set) var size = 0

    private var keys: Set<OneTimeKey> = []
    private var identities: Set<IdentityKey> = []
    private var records: Set<RecordKey> = []

    var signIns: [StoredSignIn] { entries.compactMap(\.conclusion.signIn) }

    /// Adds the end of a login, unless another one concerns the same credential, identity or record: only one of them could
    /// come first.
    mutating func add(
        _ conclusion: Conclusion,
        _ answer: @escaping PendingOperation.Answer<CommitResult>
    ) -> Bool {
        let (key, signIn) = (conclusion.settlement?.reservation.key, conclusion.signIn)
        if let key, keys.contains(key) { return false }
        if let signIn {
            let named = signIn.signIn.records.map(\.key)
            guard !identities.contains(signIn.key), records.isDisjoint(with: named) else { return false }
            identities.insert(signIn.key)
            records.formUnion(named)
            size += signIn.size
        }
        if let key { keys.insert(key) }
        entries.append(Entry(conclusion: conclusion, answer: answer))
        size += conclusion.event.size
        return true
    }

    /// Notifies every caller.
    ///
    /// - Parameter results: The results of the sign-ins, in order.
    func tell(_ results: [CommitResult]) {
        var rest = results[...]
        for entry in entries {
            guard entry.conclusion.signIn != nil else {
                entry.answer(.success(.done()))
                continue
            }
            if let result = rest.popFirst() { entry.answer(.success(result)) }
        }
    }
}
