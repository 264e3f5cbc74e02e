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
        opening grant: GrantProposal? = nil
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
            grant: grant
        )
    }

    /// The same with other data of the person, as another instance provides it.
    func replacing(provider: ProviderID, alternates: [AlternateIdentifier], claims: String) -> SignIn {
        SignIn(
            key: key,
            provider: provider,
            alternateIdentifiers: alternates,
            claims: claims,
            time: time,
            newAccount: newAccount,
            grant: grant
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

    /// Every text in it that identifies the person, or what is granted.
    var texts: [String] {
        [key.subject, claims, grant?.details].compactMap(\.self) + alternateIdentifiers.map(\.value)
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

extension GrantProposal {
    /// A proposal with a value in every field, by default for a day.
    static func sample(text: String = "text", until seconds: Double = 86_400) -> GrantProposal {
        GrantProposal(
            id: UUID(), client: "client \(text)", expiry: .second(seconds), details: "{\"details\":\"\(text)\"}")
    }
}
