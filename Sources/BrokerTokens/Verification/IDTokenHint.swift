import Foundation
import IdentityBroker
import StrictJSON

/// What an ID token of ours says that comes as a hint (OpenID Connect Core §3.1.2.1, RP-Initiated Logout 1.0 §2). It may
/// have expired, and proves that someone once had it, nothing else.
struct IDTokenHint: Hashable {
    /// The person: the account's id.
    let subject: String
    /// The client that it was issued to.
    let client: String
    /// The session that it came from; nil for a token of no session.
    let session: UUID?
}

extension TokenService {
    /// Verifies a hint.
    ///
    /// - Returns: Nil for one that is not ours, was forged, or was signed with a key that is kept no longer.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    func idTokenHint(_ text: Secret) async throws(OAuthError) -> IDTokenHint? {
        guard let token = try? SignedToken(text.reveal()), TokenType.idToken.isNamed(by: token.type) else { return nil }
        let key: TokenVerificationKey?
        do throws(BrokerError) { key = try await keys.hintKey(token.keyID) } catch { throw OAuthError(error) }
        guard let key, let payload = try? token.payload(verifiedBy: key),
            let claims = try? TokenClaims(payload, issuer: issuer, at: clock.now(), leeway: .hint(lifetimes)),
            claims.audiences.count == 1
        else { return nil }
        return IDTokenHint(
            subject: claims.subject, client: claims.audiences[0],
            session: claims.members.text("sid").flatMap(UUID.init(canonical:)))
    }

    /// A request with the person that its hint names.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` for a hint that is not ours, or that names another person than the
    ///   parameter `claims`.
    func resolvingHint(of request: AuthenticationRequest) async throws(OAuthError) -> AuthenticationRequest {
        guard let text = request.idTokenHint else { return request }
        guard let hint = try await idTokenHint(text) else {
            throw OAuthError(.invalidRequest, "The id_token_hint is not an ID token of this broker.")
        }
        guard request.subject.map({ $0.utf8.elementsEqual(hint.subject.utf8) }) ?? true else {
            throw OAuthError(.invalidRequest, "The id_token_hint names another person than the parameter claims.")
        }
        var request = request
        request.subject = hint.subject
        request.idTokenHint = nil
        return request
    }
}

extension ClockLeeway {
    /// For a token that comes as a hint: however long ago it expired, but no earlier than a token of ours can be.
    fileprivate static func hint(_ lifetimes: TokenLifetimes) -> ClockLeeway {
        ClockLeeway(expiry: .seconds(Int64(Int32.max)), start: ClockLeeway.own(lifetimes).start)
    }
}
