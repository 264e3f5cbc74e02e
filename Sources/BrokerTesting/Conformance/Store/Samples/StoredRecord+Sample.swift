import Foundation
import IdentityBroker

extension RecordID {
    /// The id of samples with this number, in the order of the numbers up to 9999.
    static func number(_ number: Int) -> RecordID {
        .known("record-\(String(10_000 + number).dropFirst())")
    }

    /// The id as a valid value.
    static func known(_ text: String) -> RecordID {
        guard let id = RecordID(text) else { preconditionFailure("'\(text)' is not the id of a record.") }
        return id
    }
}

extension RecordKey {
    /// The key of the sample with this number.
    static func sample(_ number: Int = 0, kind: RecordKind = "kit_sample") -> RecordKey {
        RecordKey(kind: kind, id: .number(number))
    }
}

extension RecordOwner {
    /// The session with this number.
    static func sample(_ number: Int) -> RecordOwner { .session(.number(number)) }
}

extension StoredRecord {
    /// A record with a value in every field, by default for a day.
    static func sample(
        _ number: Int = 0,
        kind: RecordKind = "kit_sample",
        until seconds: Double? = 86_400,
        owners: Set<RecordOwner> = [.sample(0)],
        text: String = "text"
    ) -> StoredRecord {
        StoredRecord(
            key: .sample(number, kind: kind), expiry: seconds.map(Date.second), owners: owners, body: Data(text.utf8))
    }

    /// The version after this one, with another body.
    func next(text: String = "next", until seconds: Double? = 86_400) -> StoredRecord {
        var next = self
        next.version += 1
        next.expiry = seconds.map(Date.second)
        next.body = Data(text.utf8)
        return next
    }

    /// The first field in which a record that was read differs from this one, which was expected.
    ///
    /// - Parameter resolution: How much times may differ.
    func difference(from read: StoredRecord, resolution: Duration) -> String? {
        if read.key != key { return "the key was \(key) and came back as \(read.key)" }
        if read.version != version { return "the version was \(version) and came back as \(read.version)" }
        if read.owners != owners { return "the owners were \(owners) and came back as \(read.owners)" }
        if read.body != body {
            return "a body of \(body.count) bytes came back as a different one of \(read.body.count)"
        }
        switch (expiry, read.expiry) {
        case (nil, nil): return nil
        case (let expiry?, let other?) where expiry.isSame(as: other, resolution: resolution): return nil
        case (let expiry, let other):
            return
                "the expiry was \(expiry.map { "\($0)" } ?? "nil") and came back as \(other.map { "\($0)" } ?? "nil")"
        }
    }
}
