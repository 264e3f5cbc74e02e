import Foundation
import IdentityBroker

/// A record, and when its id becomes free by the store's time.
struct NaiveRecord: Sendable {
    var record: StoredRecord
    var kept: Date?
}

extension NaiveLedger {
    func record(_ key: RecordKey, at now: Date) -> StoredRecord? {
        guard let record = records[key]?.record, record.expiry ?? .distantFuture > now else { return nil }
        return record
    }

    func records(_ selection: RecordSelection, after: RecordKey?, atMost count: Int, at now: Date) -> RecordPage {
        let selected = records.keys.sorted().compactMap { record($0, at: now) }.filter { record in
            if let after, record.key <= after { return false }
            switch selection {
            case .all(let kind): return record.key.kind == kind
            case .owned(let owner, let kind):
                return record.owners.contains(owner) && (kind == nil || record.key.kind == kind)
            }
        }
        let count = min(max(1, count), 100)
        return RecordPage(Array(selected.prefix(count)), of: count)
    }

    mutating func commit(_ operations: [StoreOperation], at now: Date) -> CommitResult {
        var (consumed, account): ([StoredRecord], AccountID?) = ([], nil)
        for (place, operation) in operations.enumerated() {
            if let refusal = refusal(of: operation, at: place, now) { return .refused(refusal) }
            if case .consume(let key, _) = operation, let record = record(key, at: now) { consumed.append(record) }
        }
        apply(operations, at: now)
        for case .signIn(let signIn) in operations { account = accounts.first { $0.value.key == signIn.key }?.key }
        return .done(consumed: consumed, account: account)
    }

    mutating func put(_ signIn: SignIn, for account: AccountID) {
        let puts = signIn.records.map { record in
            var record = record
            record.owners.insert(.account(account))
            return StoreOperation.put(record)
        }
        apply(puts, at: signIn.time)
    }

    /// Performs the operations without any checks.
    mutating func apply(_ operations: [StoreOperation], at now: Date) {
        for case .deleteAll(let owner) in operations {
            records = records.filter { !$0.value.record.owners.contains(owner) }
        }
        for operation in operations {
            switch operation {
            case .put(let record):
                let kept = record.expiry.map { expiry in
                    max(expiry, (time?.highest ?? now).addingTimeInterval(expiry.timeIntervalSince(now)))
                }
                records[record.key] = NaiveRecord(record: record, kept: kept)
            case .consume(let key, _), .delete(let key, _): records[key] = nil
            case .append(let event): events.append(event)
            case .reserve(let reservation): _ = reserve(reservation, at: now)
            case .settle(let reservation, let outcome): settle(reservation, as: outcome)
            case .signIn(let signIn): _ = self.signIn(signIn)
            case .require, .deleteAll: break
            }
        }
    }

    mutating func purgeRecords(at now: Date, atMost count: Int) -> Int {
        let expired = records.filter { $0.value.kept.map { $0 <= now } ?? false }
            .sorted { ($0.value.kept ?? now) < ($1.value.kept ?? now) }.prefix(count)
        for (key, _) in expired { records[key] = nil }
        return expired.count
    }

    private func refusal(of operation: StoreOperation, at place: Int, _ now: Date) -> CommitRefusal? {
        switch operation {
        case .reserve(let reservation): return holds[reservation.key] == nil ? nil : CommitRefusal(operation: place)
        case .signIn(let signIn):
            return signIn.records.lazy.compactMap { refusal(of: .put($0), at: place, now) }.first
        case .put(let new) where new.version == 1:
            guard let held = records[new.key] else { return nil }
            let time = time.map { now.timeIntervalSince($0.believed) > 3_600 ? $0.believed : now } ?? now
            if let kept = held.kept, kept <= time { return nil }
            return CommitRefusal(operation: place, found: held.record.version)
        case .put(let new):
            let found = record(new.key, at: now)?.version
            return found == new.version - 1 ? nil : CommitRefusal(operation: place, found: found)
        case .delete(_, nil): return nil
        case .require(let key, let version), .consume(let key, let version), .delete(let key, let version):
            let found = record(key, at: now)?.version
            if found != nil, version == nil || version == found { return nil }
            return CommitRefusal(operation: place, found: found)
        case .settle, .deleteAll, .append:
            return nil
        }
    }
}
