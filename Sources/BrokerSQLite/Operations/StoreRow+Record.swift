import IdentityBroker

/// A record in a row of ``StoreStatement/record`` and of the statements that read pages.
extension StoreRow {
    private enum RecordColumn: Int {
        case kind, id, version, expiry, kept, owners, body
    }

    /// The size of the record's body in bytes.
    var bodySize: Int { data(RecordColumn.body)?.count ?? 0 }

    /// The stored record, which may have expired.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func record() throws(StoreFailure) -> StandingRecord {
        guard let kind = text(RecordColumn.kind).flatMap(RecordKind.init(_:)),
            let id = text(RecordColumn.id).flatMap(RecordID.init(_:)),
            let version = integer(RecordColumn.version),
            let owners = text(RecordColumn.owners).flatMap(RecordOwnerList.owners(in:)),
            let body = data(RecordColumn.body)
        else {
            throw StoreFailure("A record is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        let record = StoredRecord(
            key: RecordKey(kind: kind, id: id),
            version: Int(version),
            expiry: time(RecordColumn.expiry),
            owners: owners,
            body: body
        )
        return StandingRecord(record, kept: time(RecordColumn.kept))
    }
}
