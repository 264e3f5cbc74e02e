import Foundation
import IdentityBroker

extension SignIn {
    /// A sign-in of the person with this number, with a value in every field.
    static func sample(
        _ number: Int = 0,
        subject: String? = nil,
        issuer: Issuer = .sample,
        at seconds: Double = 0,
        text: String = "text",
        putting records: [StoredRecord] = []
    ) -> SignIn {
        SignIn(
            key: IdentityKey(issuer: issuer, subject: subject ?? "person-\(number)"),
            provider: "provider",
            alternateIdentifiers: [
                AlternateIdentifier(type: "type \(text)", scope: "scope \(text)", value: "value \(text)"),
                AlternateIdentifier(type: "unscoped \(text)", value: "another \(text)"),
            ],
            claims: "{\"name\":\"\(text)\"}",
            time: .second(seconds),
            newAccount: AccountID(UUID()),
            records: records
        )
    }

    /// The same with other data of the person, as another instance provides it.
    func replacing(provider: ProviderID, alternates: [AlternateIdentifier], claims: String) -> SignIn {
        SignIn(
            key: key,
            provider: provider,
            alternateIdentifiers: alternates,
            claims: claims,
            contacts: contacts,
            time: time,
            newAccount: newAccount,
            records: records
        )
    }

    /// The same with these verified contacts.
    func verifying(email: String? = nil, phone: String? = nil) -> SignIn {
        let values = [(VerifiedContact.Kind.email, email), (.phone, phone)]
        return SignIn(
            key: key,
            provider: provider,
            alternateIdentifiers: alternateIdentifiers,
            claims: claims,
            contacts: values.compactMap { kind, value in
                value.map { VerifiedContact(kind: kind, value: $0, identity: key) }
            },
            time: time,
            newAccount: newAccount,
            records: records
        )
    }

    /// What an account knows about the identity after this login.
    func linked(since first: Double, until last: Double) -> LinkedIdentity {
        LinkedIdentity(
            key: key,
            provider: provider,
            alternateIdentifiers: alternateIdentifiers,
            claims: claims,
            firstLogin: .second(first),
            lastLogin: .second(last)
        )
    }

    /// The records as they should be stored for an account.
    func records(of account: AccountID) -> [StoredRecord] {
        records.map { record in
            var record = record
            record.owners.insert(.account(account))
            return record
        }
    }
}

extension Issuer {
    /// The issuer of samples.
    static let sample = Issuer.known("https://issuer.example/pool")

    /// The issuer as a valid value.
    static func known(_ text: String) -> Issuer {
        guard let issuer = Issuer(text) else { preconditionFailure("'\(text)' is not an issuer.") }
        return issuer
    }
}
