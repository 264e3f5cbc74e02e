import IdentityBroker

/// Events that are sent to the server together, with the reservations that their logins settle and the accounts that
/// they lead to.
struct RecordBatch: Sendable {
    private(set) var events: [StoredEvent] = []
    private(set) var settlements: [StoreOperation.Settlement] = []
    private(set) var signIns: [StoredSignIn] = []
    private(set) var size = 0

    private var answers: [StoreOperation.Answer<Void>] = []
    private var accountAnswers: [StoreOperation.Answer<AccountID>] = []
    private var keys: Set<OneTimeKey> = []
    private var identities: Set<IdentityKey> = []

    /// Adds a record, unless another one concerns the same credential: only one of them could come first.
    mutating func add(
        _ event: StoredEvent,
        _ settlement: StoreOperation.Settlement?,
        _ answer: @escaping StoreOperation.Answer<Void>
    ) -> Bool {
        guard isFree(settlement) else { return false }
        add(event, settlement)
        answers.append(answer)
        return true
    }

    /// Adds a sign-in, unless another one concerns the same credential or identity.
    mutating func add(
        _ signIn: StoredSignIn,
        _ event: StoredEvent,
        _ settlement: StoreOperation.Settlement?,
        _ answer: @escaping StoreOperation.Answer<AccountID>
    ) -> Bool {
        guard isFree(settlement), identities.insert(signIn.key).inserted else { return false }
        add(event, settlement)
        signIns.append(signIn)
        accountAnswers.append(answer)
        size += signIn.size
        return true
    }

    /// Notifies every caller that it is written.
    ///
    /// - Parameter accounts: The accounts of the sign-ins, in order.
    func tell(accounts: [AccountID]) {
        answers.forEach { $0(.success(())) }
        for (answer, account) in zip(accountAnswers, accounts) { answer(.success(account)) }
    }

    private func isFree(_ settlement: StoreOperation.Settlement?) -> Bool {
        settlement.map { !keys.contains($0.reservation.key) } ?? true
    }

    private mutating func add(_ event: StoredEvent, _ settlement: StoreOperation.Settlement?) {
        if let settlement {
            keys.insert(settlement.reservation.key)
            settlements.append(settlement)
        }
        events.append(event)
        size += event.size
    }
}
