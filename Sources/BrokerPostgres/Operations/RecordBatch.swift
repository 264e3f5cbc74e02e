import IdentityBroker

/// Events that go to the server together, with the reservations that their logins settle.
struct RecordBatch: Sendable {
    private(set) var events: [StoredEvent] = []
    private(set) var settlements: [StoreOperation.Settlement] = []
    private(set) var size = 0

    private var answers: [StoreOperation.Answer<Void>] = []
    private var keys: Set<OneTimeKey> = []

    /// Takes a record in, unless it is about a credential that another one is about: only one of them could come first.
    mutating func add(
        _ event: StoredEvent,
        _ settlement: StoreOperation.Settlement?,
        _ answer: @escaping StoreOperation.Answer<Void>
    ) -> Bool {
        if let settlement {
            guard keys.insert(settlement.reservation.key).inserted else { return false }
            settlements.append(settlement)
        }
        events.append(event)
        answers.append(answer)
        size += event.size
        return true
    }

    /// Tells every caller that it is written.
    func tell() {
        answers.forEach { $0(.success(())) }
    }
}
