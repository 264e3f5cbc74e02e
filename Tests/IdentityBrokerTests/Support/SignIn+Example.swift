import Foundation

@testable import IdentityBroker

extension SignIn {
    /// A sign-in this many seconds after the reference date, whose claims state the time.
    static func example(
        _ subject: String = "person-1",
        issuer: Issuer = .example,
        at seconds: Double = 0,
        putting records: [StoredRecord] = []
    ) -> SignIn {
        SignIn(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: "scripted",
            alternateIdentifiers: [AlternateIdentifier(type: "openid", scope: "app", value: "o-\(seconds)")],
            claims: "at \(seconds)",
            time: .at(seconds),
            newAccount: AccountID(UUID()),
            records: records
        )
    }
}

extension StoredRecord {
    /// A record until this many seconds after the reference date.
    static func example(_ id: RecordID = RecordID(UUID()), until seconds: Double? = 10, size: Int = 1) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: "example", id: id), expiry: seconds.map { .at($0) }, body: Data(count: size))
    }
}

extension Issuer {
    static let example = example("https://upstream.example/pool")

    static func example(_ text: String) -> Issuer {
        guard let issuer = Issuer(text) else { preconditionFailure("'\(text)' is not an issuer") }
        return issuer
    }
}
