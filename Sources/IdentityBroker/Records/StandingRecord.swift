package import Foundation

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

extension SignIn {
    /// The records as they are put for an account, which is then among the owners of each.
    package func records(for account: AccountID) -> [StoredRecord] {
        records.map { record in
            var record = record
            record.owners.insert(.account(account))
            return record
        }
    }
}
