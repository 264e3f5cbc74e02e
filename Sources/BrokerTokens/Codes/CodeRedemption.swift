import Foundation
import IdentityBroker

/// An authorization code that a client presents, and the rules for it as a decision without side effects (RFC 6749
/// §4.1.3, RFC 7636 §4.6).
///
/// Each rule refuses on its own, as in ``RefreshAttempt``.
struct CodeRedemption {
    enum Verdict {
        /// The code is good for this.
        case issue(ProviderID, Permission)
        /// It was redeemed before, for this grant, which ends: the code has two holders.
        case revoke(UUID)
        case refuse(OAuthError)
    }

    let client: TokenClient
    /// `redirect_uri`, as received.
    let redirectURI: String
    /// `code_verifier`, as received; nil if there was none.
    let verifier: Secret?
    /// Empty for all that were granted.
    let audiences: [String]

    /// - Parameter provider: The state of the provider that authenticated the person.
    func verdict(on code: IssuedCode, ofProvider standing: ProviderStanding) -> Verdict {
        guard code.client.utf8.elementsEqual(client.id.utf8), let provider = ProviderID(code.provider) else {
            return .refuse(.codeRefused)
        }
        if let grant = code.grant { return .revoke(grant) }
        guard code.redirectURI.utf8.elementsEqual(redirectURI.utf8),
            client.redirectURI(matching: redirectURI) != nil
        else {
            return .refuse(.codeRefused)
        }
        guard isProven(code.challenge) else { return .refuse(.codeRefused) }
        guard standing == .enabled else {
            return .refuse(OAuthError(BrokerError(.providerDisabled, "The provider is switched off.")))
        }
        guard client.mayUse(provider) else {
            return .refuse(OAuthError(.invalidGrant, "The client may no longer use the provider."))
        }
        do throws(OAuthError) {
            return .issue(
                provider, try Permission(narrowing: code.scope, code.audiences, to: nil, audiences, for: client))
        } catch {
            return .refuse(error)
        }
    }

    /// A challenge needs its verifier (CVE-2023-48228). A verifier without a challenge means that someone removed the
    /// challenge on the way (RFC 9700 §2.1.1).
    private func isProven(_ challenge: CodeChallenge?) -> Bool {
        guard let challenge else { return verifier == nil && client.authorization.pkce == .optional }
        return verifier.map(challenge.isMet) ?? false
    }
}

extension OAuthError {
    /// The one answer to any invalid code, so that guessing reveals nothing.
    static var codeRefused: OAuthError {
        OAuthError(
            .invalidGrant,
            "The code is invalid, has expired, was used before, or was not issued for this request. Begin a new login.")
    }
}
