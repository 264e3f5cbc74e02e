import Foundation

@testable import IdentityBroker

extension SignIn {
    /// A sign-in this many seconds after the reference date, whose claims state the time.
    static func example(
        _ subject: String = "person-1",
        issuer: Issuer = .example,
        at seconds: Double = 0,
        opening grant: GrantProposal? = nil
    ) -> SignIn {
        SignIn(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: "scripted",
            alternateIdentifiers: [AlternateIdentifier(type: "openid", scope: "app", value: "o-\(seconds)")],
            claims: "at \(seconds)",
            time: .at(seconds),
            newAccount: AccountID(UUID()),
            grant: grant
        )
    }
}

extension GrantProposal {
    /// A proposal until this many seconds after the reference date.
    static func example(until seconds: Double = 10) -> GrantProposal {
        GrantProposal(id: UUID(), client: "app", expiry: .at(seconds), details: "first")
    }
}

extension Grant {
    /// A grant until this many seconds after the reference date.
    static func example(until seconds: Double = 10) -> Grant {
        Grant(.example(until: seconds), for: AccountID(UUID()), from: "scripted", at: .at(0))
    }

    /// The version after this one.
    func next(until seconds: Double? = nil) -> Grant {
        var next = self
        next.version += 1
        if let seconds { next.expiry = .at(seconds) }
        return next
    }
}

extension Issuer {
    static let example = example("https://upstream.example/pool")

    static func example(_ text: String) -> Issuer {
        guard let issuer = Issuer(text) else { preconditionFailure("'\(text)' is not an issuer") }
        return issuer
    }
}
