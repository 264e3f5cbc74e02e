package import Foundation

/// A commit within the limits, and the rules by which it is done or refused.
///
/// A store looks up the ``named`` records and decides. If the commit is done, it deletes the records of the ``owners`` and
/// those ``taken``, then writes those ``put``, and appends the ``events``.
package struct RecordPlan: Sendable {
    package let operations: [RecordOperation]
    /// The time by the caller's clock.
    package let now: Date
    /// The records that operations name, sorted.
    package let named: [RecordKey]

    /// - Throws: ``StoreFailure`` if it exceeds a limit; nothing has happened.
    package init(_ operations: [RecordOperation], at now: Date) throws(StoreFailure) {
        self.operations = operations
        self.now = now
        named = operations.compactMap(\.key).sorted()
        try check()
    }

    /// The records that must only be there.
    package var required: Set<RecordKey> {
        Set(operations.compactMap { if case .require(let key, _) = $0 { key } else { nil } })
    }

    /// The records to write.
    package var put: [StoredRecord] {
        operations.compactMap { if case .put(let record) = $0 { record } else { nil } }
    }

    /// The records to delete by name.
    package var taken: [RecordKey] {
        operations.compactMap { operation in
            switch operation {
            case .consume(let key, _), .delete(let key, _): key
            case .put, .require, .deleteAll, .append: nil
            }
        }
    }

    /// The owners whose records to delete.
    package var owners: [RecordOwner] {
        operations.compactMap { if case .deleteAll(let owner) = $0 { owner } else { nil } }
    }

    /// The events to write.
    package var events: [AuditEvent] {
        operations.compactMap { if case .append(let event) = $0 { event } else { nil } }
    }

    /// A deletion by owner leaves to the purge what was kept until this time or less: it has expired by every clock that
    /// is up to an hour behind the store's time, even if the caller's is ahead of it.
    ///
    /// - Parameter time: The store's time; nil if it has none yet.
    package func purgeable(by time: StoreTime?) -> Date {
        min(time?.believed ?? now, now).addingTimeInterval(-StoreTime.tolerance)
    }

    /// Decides whether the commit is done.
    ///
    /// - Parameters:
    ///   - standing: The named records that the store holds, expired ones too.
    ///   - time: The store's time; nil if it has none yet.
    package func decide(_ standing: [RecordKey: StandingRecord], by time: StoreTime?) -> RecordCommit {
        var consumed: [StoredRecord] = []
        for (place, operation) in operations.enumerated() {
            guard let key = operation.key else { continue }
            let held = standing[key]
            let alive = held?.record(at: now)
            let refusal = RecordCommit.refused(RecordRefusal(operation: place, found: alive?.version))
            switch operation {
            case .put(let record) where record.version == 1:
                guard let held, !held.isFree(at: time?.time(for: now) ?? now) else { continue }
                return .refused(RecordRefusal(operation: place, found: held.record.version))
            case .put(let record):
                guard alive?.version == record.version - 1 else { return refusal }
            case .require(_, let version):
                guard let alive, version == nil || version == alive.version else { return refusal }
            case .consume(_, let version):
                guard let alive, version == nil || version == alive.version else { return refusal }
                consumed.append(alive)
            case .delete(_, let version):
                guard version == nil || version == alive?.version else { return refusal }
            case .deleteAll, .append:
                continue
            }
        }
        return .done(consumed: consumed)
    }
}

/// A record that a store holds. It may have expired.
package struct StandingRecord: Sendable {
    package let record: StoredRecord
    /// When its id becomes free, by the store's time; nil if never. See ``StoreTime/expiry(_:at:)``.
    package let kept: Date?

    package init(_ record: StoredRecord, kept: Date?) {
        self.record = record
        self.kept = kept
    }

    /// The record as a caller with this clock sees it; nil if it has expired.
    package func record(at now: Date) -> StoredRecord? {
        record.expiry.map { $0 > now } ?? true ? record : nil
    }

    func isFree(at time: Date) -> Bool { kept.map { $0 <= time } ?? false }
}

extension RecordPlan {
    package static let mostOperations = 100
    /// A mebibyte, as for everything else that stores keep.
    private static let greatestSize = 1024 * 1024
    private static let mostOwnersOfRecord = 16
    /// A store may hold a lock for each, of which a server has some thousands for all that it serves.
    private static let mostOwners = 64

    private func check() throws(StoreFailure) {
        guard operations.count <= Self.mostOperations else { throw .outOfBounds("more than 100 operations") }
        guard zip(named, named.dropFirst()).allSatisfy(!=) else {
            throw .outOfBounds("two operations that name one record")
        }
        let records = put
        guard records.allSatisfy({ $0.version >= 1 }) else { throw .outOfBounds("a version before 1") }
        guard records.allSatisfy({ $0.owners.count <= Self.mostOwnersOfRecord }) else {
            throw .outOfBounds("a record of more than 16 owners")
        }
        guard Set(records.flatMap(\.owners) + owners).count <= Self.mostOwners else {
            throw .outOfBounds("more than 64 owners")
        }
        guard records.allSatisfy({ $0.expiry?.timeIntervalSinceReferenceDate.isNaN != true }) else {
            throw .outOfBounds("an expiry that is not a time")
        }
        let size = records.reduce(0) { $0 + $1.body.count } + events.reduce(0) { $0 + $1.size }
        guard size <= Self.greatestSize else { throw .outOfBounds("more than 1 MiB of bodies and events") }
    }
}

extension StoreFailure {
    /// The failure of a commit that would delete more than ``RecordOperation/mostOwned`` records by their owners.
    package static var tooManyOwned: StoreFailure {
        .outOfBounds("more than 10,000 records to delete by their owners; delete most of them by their keys first")
    }

    fileprivate static func outOfBounds(_ what: String) -> StoreFailure {
        StoreFailure("A commit of records has \(what).", mayHaveHappened: false)
    }
}
