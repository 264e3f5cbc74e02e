import IdentityBroker

/// Events that are sent to the server together, with the reservations that their logins settle and the accounts that
/// they lead to.
struct RecordBatch: Sendable {
    /// What one caller wants to be written.
    struct Entry: Sendable {
        enum Purpose: Sendable {
            case event(StoreOperation.Answer<Void>)
            case signIn(StoredSignIn, StoreOperation.Answer<AccountID>)
        }

        let event: StoredEvent
        let settlement: StoreOperation.Settlement?
        let purpose: Purpose

        var signIn: StoredSignIn? {
            if case .signIn(let signIn, _) = purpose { signIn } else { nil }
        }
    }

    private(set) var entries: [Entry] = []
    private(set) var size = 0

    private var keys: Set<OneTimeKey> = []
    private var identities: Set<IdentityKey> = []
    private var records: Set<RecordKey> = []

    var signIns: [StoredSignIn] { entries.compactMap(\.signIn) }

    /// Adds a record, unless another one concerns the same credential: only one of them could come first.
    mutating func add(
        _ event: StoredEvent,
        _ settlement: StoreOperation.Settlement?,
        _ answer: @escaping StoreOperation.Answer<Void>
    ) -> Bool {
        guard isFree(settlement) else { return false }
        add(Entry(event: event, settlement: settlement, purpose: .event(answer)))
        return true
    }

    /// Adds a sign-in, unless another one concerns the same credential, identity or record.
    mutating func add(
        _ signIn: StoredSignIn,
        _ event: StoredEvent,
        _ settlement: StoreOperation.Settlement?,
        _ answer: @escaping StoreOperation.Answer<AccountID>
    ) -> Bool {
        let named = signIn.signIn.records.map(\.key)
        guard isFree(settlement), !identities.contains(signIn.key), records.isDisjoint(with: named) else {
            return false
        }
        identities.insert(signIn.key)
        records.formUnion(named)
        add(Entry(event: event, settlement: settlement, purpose: .signIn(signIn, answer)))
        size += signIn.size
        return true
    }

    /// Notifies every caller.
    ///
    /// - Parameter results: The results of the sign-ins, in order.
    func tell(_ results: [Result<AccountID, StoreFailure>]) {
        var rest = results[...]
        for entry in entries {
            switch entry.purpose {
            case .event(let answer): answer(.success(()))
            case .signIn(_, let answer): if let result = rest.popFirst() { answer(result) }
            }
        }
    }

    private func isFree(_ settlement: StoreOperation.Settlement?) -> Bool {
        settlement.map { !keys.contains($0.reservation.key) } ?? true
    }

    private mutating func add(_ entry: Entry) {
        if let settlement = entry.settlement { keys.insert(settlement.reservation.key) }
        entries.append(entry)
        size += entry.event.size
    }
}
