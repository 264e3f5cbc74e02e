public import Foundation
public import IdentityBroker
import StrictJSON

extension TokenService {
    /// The claims of a person that an access token's scope covers: a JSON object (OpenID Connect Core §5.3.2).
    ///
    /// - Throws: ``OAuthError``: `invalid_token`; `insufficient_scope` for a token without `openid`; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    public func userInfo(_ token: Secret) async throws(OAuthError) -> Data {
        let action = begin(.userInfo, by: nil, presenting: "access_token")
        return try await perform(action) { action throws(OAuthError) in
            let token = try await verifier.verify(token.reveal())
            action.client = token.client
            action.isProven = true
            guard let grant = try await standingGrant(of: token) else {
                throw OAuthError(.invalidToken, "The token is refused: its grant has ended.")
            }
            action.grant = grant
            let scope = ScopeList(Set(token.scopes.compactMap(Scope.init)))
            guard scope.scopes.contains(.openid) else {
                throw OAuthError(.insufficientScope, "The token was not issued for the scope openid.")
            }
            var members = try await claims(of: grant).disclosed(for: scope)
            members["sub"] = .string(token.subject)
            return Data(members.jsonBytes)
        }
    }
}
