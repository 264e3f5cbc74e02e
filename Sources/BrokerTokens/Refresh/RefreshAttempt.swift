import Foundation
import IdentityBroker

/// A refresh token that a client presents, and the rules for it as a decision without side effects.
///
/// Each rule refuses on its own, none only together with another (CVE-2026-28513: a code was refused only if it
/// belonged to another client *and* had expired).
struct RefreshAttempt {
    enum Verdict {
        /// The token is valid: the grant becomes this one, and the client gets the successor.
        case rotate(Permission, Grant, successor: RefreshToken)
        /// The answer may have been lost: the client gets the same successor again.
        case repeated(Permission, successor: RefreshToken)
        /// It was rotated out: the grant ends, since one of its two holders stole it.
        case revoke
        case refuse(OAuthError)
    }

    let token: RefreshToken
    let client: TokenClient
    /// Nil for all that was granted.
    let scope: ScopeList?
    /// Empty for all that were granted.
    let audiences: [String]
    /// The salt for the successor, if there will be one.
    let salt: [UInt8]
    let now: Date
    let grace: Duration
    /// The longest that a grant lives from now on.
    let longestLife: Duration

    /// - Parameters:
    ///   - expiry: When the grant expires.
    ///   - provider: The state of the provider that authenticated the person.
    func verdict(on grant: Grant, expiringAt expiry: Date, ofProvider provider: ProviderStanding) -> Verdict {
        guard grant.client == client.id, let family = grant.refresh else { return .refuse(.refreshRefused) }
        let standing = family.standing(of: token, at: now, grace: grace)
        guard standing != .foreign, standing != .rotatedAhead, !grant.isRevoked, now < expiry, now < grant.end else {
            return .refuse(.refreshRefused)
        }
        guard standing != .reused else { return .revoke }
        switch provider {
        case .enabled: break
        case .disabled: return .refuse(.providerDisabled)
        case .absent: return .refuse(OAuthError(BrokerError(.providerDisabled, "The provider is gone.")))
        }
        guard client.mayUse(grant.provider) else {
            return .refuse(OAuthError(.invalidGrant, "The client may no longer use the provider."))
        }
        do throws(OAuthError) {
            let permission = try Permission(narrowing: grant, to: scope, audiences, for: client)
            if case .justRotated(let salt) = standing {
                return .repeated(permission, successor: token.successor(salt: salt))
            }
            var next = grant
            next.refresh = family.rotated(token, salt: salt, at: now)
            next.limitEnd(to: now + longestLife)
            next.use(at: max(now, grant.opened))
            return .rotate(permission, next, successor: token.successor(salt: salt))
        } catch {
            return .refuse(error)
        }
    }
}

extension OAuthError {
    /// The one answer to any invalid token, so that guessing reveals nothing.
    static var refreshRefused: OAuthError {
        OAuthError(.invalidGrant, "The refresh token is invalid or has expired. Sign the user in again.")
    }

    /// Temporary: the grant stays, and a client that received `invalid_grant` would discard its token (RFC 6749 §5.2).
    fileprivate static var providerDisabled: OAuthError {
        OAuthError(
            .temporarilyUnavailable,
            "The provider is switched off for now. Keep the refresh token, and try again later.",
            about: BrokerError(.providerDisabled, "The provider is switched off."))
    }

    static var grantUnreadable: OAuthError {
        OAuthError(.serverError, "The grant was written by another version of the broker, and cannot be read.")
    }
}
