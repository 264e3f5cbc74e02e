import Foundation
import IdentityBroker

extension StoredRecord {
    /// A record of an owner with the same number, until this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func example(_ number: Int, until seconds: Double = 600) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: "example", id: .example(number)), expiry: .at(seconds), owners: [.example(number)],
            body: Data("body".utf8))
    }
}

extension RecordOwner {
    static func example(_ number: Int) -> RecordOwner { .session(.example(number)) }
}

extension RecordID {
    static func example(_ number: Int) -> RecordID {
        guard let id = RecordID("id-\(number)") else { preconditionFailure("It is an id.") }
        return id
    }
}
