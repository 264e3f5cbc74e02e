import Foundation
import IdentityBroker

extension Issuer {
    /// An issuer that is known to be valid.
    static func example(_ text: String = "https://core.genauth.cn/pool") -> Issuer {
        guard let issuer = Issuer(text) else { preconditionFailure("'\(text)' is not an issuer.") }
        return issuer
    }
}

extension SignIn {
    /// A sign-in of this person this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func example(
        _ subject: String = "person",
        issuer: Issuer = .example(),
        at seconds: Double = 0,
        claims: String = #"{"name":"Jo"}"#,
        email: String? = nil,
        newAccount: AccountID = AccountID(UUID()),
        putting records: [StoredRecord] = []
    ) -> SignIn {
        let key = IdentityKey(issuer: issuer, subject: subject)
        return SignIn(
            key: key,
            provider: "wxapp",
            alternateIdentifiers: [AlternateIdentifier(type: "wechat_openid", scope: "wx1", value: "o-1")],
            claims: claims,
            contacts: email.map { [VerifiedContact(kind: .email, value: $0, identity: key)] } ?? [],
            time: .at(seconds),
            newAccount: newAccount,
            records: records
        )
    }
}

extension StoredRecord {
    /// A new record until this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func fresh(until seconds: Double = 10) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: "fresh", id: RecordID(UUID())), expiry: .at(seconds), body: Data("body".utf8))
    }
}
