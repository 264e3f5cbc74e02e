import Foundation

/// The records of a store in memory, as a value.
struct RecordLedger: Sendable {
    private let capacity: Int
    private var records: [RecordKey: StandingRecord] = [:]
    private var owned: [RecordOwner: Set<RecordKey>] = [:]
    private var expiries = ExpiryQueue<RecordKey>()

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many expiries are noted, outdated ones included.
    var entryCount: Int { expiries.count }

    subscript(key: RecordKey) -> StandingRecord? { records[key] }

    /// Those of these records that there are, expired ones too.
    func standing(_ keys: [RecordKey]) -> [RecordKey: StandingRecord] {
        var standing: [RecordKey: StandingRecord] = [:]
        for key in keys { standing[key] = records[key] }
        return standing
    }

    /// Does what was decided to be done.
    ///
    /// - Parameter account: The account of the sign-in; nil if there is none.
    /// - Throws: ``StoreFailure`` if there is no room, or too much to delete; nothing has happened.
    mutating func perform(_ plan: CommitPlan, for account: AccountID?, by time: StoreTime?) throws(StoreFailure) {
        let (put, left) = (plan.put(for: account), plan.purgeable(by: time))
        let ownedCount = plan.owners.reduce(0) { $0 + records(of: $1, keptAfter: left).count }
        guard ownedCount <= StoreOperation.mostOwned else { throw .tooManyOwned }
        let taken = taken(by: plan, leaving: left)
        if !hasRoom(for: put, without: taken) { _ = purge(at: time?.time(for: plan.now) ?? plan.now, atMost: .max) }
        guard hasRoom(for: put, without: taken) else { throw .memoryIsFull }
        for key in taken { remove(key) }
        for record in put {
            remove(record.key)
            insert(record, keptUntil: record.expiry.map { time?.expiry($0, at: plan.now) ?? $0 })
        }
    }

    /// The records of a page. It looks at every record of the kind or the owner.
    func page(_ selection: RecordSelection, after: RecordKey?, atMost count: Int, at now: Date) -> [StoredRecord] {
        let keys: [RecordKey] =
            switch selection {
            case .all(let kind): records.keys.filter { $0.kind == kind }
            case .owned(let owner, let kind):
                Array(owned[owner, default: []]).filter { kind == nil || $0.kind == kind }
            }
        let rest = keys.filter { key in after.map { $0 < key } ?? true }
            .compactMap { records[$0]?.record(at: now) }
        return Array(rest.sorted { $0.key < $1.key }.prefix(count))
    }

    /// Removes expired records, at most this many, and returns how many.
    mutating func purge(at now: Date, atMost count: Int) -> Int {
        var purged = 0
        while purged < count, let (key, expiry) = expiries.popFirst(notAfter: now) {
            // A record that was replaced is in the queue more than once; only its current expiry counts.
            guard records[key]?.kept == expiry else { continue }
            remove(key)
            purged += 1
        }
        return purged
    }

    private func records(of owner: RecordOwner, keptAfter end: Date) -> [RecordKey] {
        owned[owner, default: []].filter { records[$0]?.kept.map { $0 > end } ?? true }
    }

    /// The records that a commit deletes, by name or by owner.
    private func taken(by plan: CommitPlan, leaving left: Date) -> Set<RecordKey> {
        Set(plan.owners.flatMap { records(of: $0, keptAfter: left) } + plan.taken)
    }

    private func hasRoom(for records: [StoredRecord], without taken: Set<RecordKey>) -> Bool {
        let put = Set(records.map(\.key))
        let added = put.count(where: { self.records[$0] == nil })
        let freed = taken.subtracting(put).count(where: { self.records[$0] != nil })
        return added <= freed || self.records.count + added - freed <= capacity
    }

    private mutating func insert(_ record: StoredRecord, keptUntil kept: Date?) {
        records[record.key] = StandingRecord(record, kept: kept)
        for owner in record.owners { owned[owner, default: []].insert(record.key) }
        guard let kept else { return }
        expiries.insert(record.key, at: kept)
        // Records that are deleted or replaced before they expire leave entries behind.
        guard expiries.count > 2 * records.count + 1_000 else { return }
        expiries = ExpiryQueue(records.compactMap { entry in entry.value.kept.map { (key: entry.key, expiry: $0) } })
    }

    private mutating func remove(_ key: RecordKey) {
        guard let removed = records.removeValue(forKey: key) else { return }
        for owner in removed.record.owners {
            owned[owner]?.remove(key)
            if owned[owner]?.isEmpty == true { owned[owner] = nil }
        }
    }
}
