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
        newAccount: AccountID = AccountID(UUID()),
        opening grant: GrantProposal? = nil
    ) -> SignIn {
        SignIn(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: "wxapp",
            alternateIdentifiers: [AlternateIdentifier(type: "wechat_openid", scope: "wx1", value: "o-1")],
            claims: claims,
            time: .at(seconds),
            newAccount: newAccount,
            grant: grant
        )
    }
}

extension GrantProposal {
    /// A proposal until this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func example(until seconds: Double = 10, details: String = "{}") -> GrantProposal {
        GrantProposal(id: UUID(), client: "app", expiry: .at(seconds), details: details)
    }
}
