import IdentityBroker

/// A commit with every kind of operation, and the check whether everything was done or nothing.
struct CommitBench: Sendable {
    let operations: [StoreOperation]
    private let store: any BrokerStore
    private let resolution: Duration
    private let event = AuditEvent.sample()
    /// The records before the commit: it names 0 to 7, and deletes 8 and 9 by their owner.
    private let before = (0..<10).map { StoredRecord.sample($0, owners: [.sample($0 < 8 ? 0 : 1)]) }
    private let new = StoredRecord.sample(20, text: "new")
    private let replaced: StoredRecord

    init(_ store: any BrokerStore, resolution: Duration) {
        self.store = store
        self.resolution = resolution
        replaced = before[1].next(text: "replaced")
        operations = [
            .put(new), .require(before[0].key, version: 1), .put(replaced),
            .delete(before[2].key, version: 1), .consume(before[3].key), .append(event),
            .consume(before[4].key, version: 1), .delete(before[6].key), .deleteAll(ownedBy: .sample(1)),
            .delete(.sample(21)),
        ]
    }

    func prepare() async throws {
        try await store.mustCommit(before.map { .put($0) }, "of new records")
    }

    func mustBeDone(_ circumstance: String) async throws {
        for record in [before[0], replaced, new, before[5]] {
            try await store.mustHold(record, resolution: resolution, circumstance)
        }
        for gone in [2, 3, 4, 6, 8, 9] {
            try await store.mustHoldNone(.sample(gone), "that was deleted, \(circumstance)")
        }
        let count = try await store.eventCount(of: event.login)
        try require(count == 1, "the event of a commit was recorded \(count) times instead of once")
    }

    func mustBeUndone(_ circumstance: String) async throws {
        for record in before { try await store.mustHold(record, resolution: resolution, circumstance) }
        try await store.mustHoldNone(new.key, circumstance)
        let count = try await store.eventCount(of: event.login)
        try require(count == 0, "the event of a refused commit was recorded \(count) times")
    }
}
