import IdentityBroker

import Foundation

extension StoreCommand {
    static func record(_ key: RecordKey) -> StoreCommand {
        StoreCommand(.record, [key.kind.rawValue, key.id.rawValue])
    }

    /// Reads the records of a page.
    static func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) -> StoreCommand {
        let (kind, id, now) = (after?.kind.rawValue ?? "", after?.id.rawValue ?? "", Timestamps.nanoseconds(of: now))
        switch selection {
        case .all(let wanted):
            return StoreCommand(.recordsOfKind, [wanted.rawValue, id, now, count])
        case .owned(let owner, nil):
            return StoreCommand(.recordsOfOwner, [owner.kind.rawValue, owner.id.rawValue, kind, id, now, count])
        case .owned(let owner, let wanted?):
            return StoreCommand(
                .recordsOfOwnerAndKind,
                [owner.kind.rawValue, owner.id.rawValue, wanted.rawValue, id, now, count])
        }
    }

    /// Writes a record, replacing any in its place.
    static func put(_ record: StoredRecord, at now: Date) -> StoreCommand {
        StoreCommand(
            .putRecord,
            [
                record.key.kind.rawValue, record.key.id.rawValue, record.version,
                record.expiry.map(Timestamps.nanoseconds(of:)),
                record.expiry.map { max(0, Timestamps.nanoseconds(from: now, to: $0)) },
                RecordOwnerList.text(of: record.owners), record.body,
            ]
        )
    }

    static func own(_ key: RecordKey, by owner: RecordOwner) -> StoreCommand {
        StoreCommand(
            .ownRecord, [owner.kind.rawValue, owner.id.rawValue, key.kind.rawValue, key.id.rawValue])
    }

    static func disown(_ key: RecordKey) -> StoreCommand {
        StoreCommand(.disownRecord, [key.kind.rawValue, key.id.rawValue])
    }

    /// Deletes a record, and with it the rows of its owners.
    static func delete(_ key: RecordKey) -> StoreCommand {
        StoreCommand(.deleteRecord, [key.kind.rawValue, key.id.rawValue])
    }

    /// Reads a row for each record of an owner that is kept longer, of which there may be one too many to delete.
    static func owned(by owner: RecordOwner, keptAfter end: Date) -> StoreCommand {
        StoreCommand(
            .ownedRecords,
            [
                owner.kind.rawValue, owner.id.rawValue, Timestamps.nanoseconds(of: end),
                StoreOperation.mostOwned + 1,
            ])
    }

    static func deleteAll(ownedBy owner: RecordOwner, keptAfter end: Date) -> StoreCommand {
        StoreCommand(
            .deleteRecordsOfOwner, [owner.kind.rawValue, owner.id.rawValue, Timestamps.nanoseconds(of: end)])
    }

    static func purgeRecords(at now: Date, atMost count: Int) -> StoreCommand {
        StoreCommand(.purgeRecords, [Timestamps.nanoseconds(of: now), count])
    }
}
