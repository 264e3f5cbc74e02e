import Foundation
package import IdentityBroker
import StrictJSON

/// An access token of a client's own, without a person (RFC 6749 §4.4.3).
package struct IssuedClientToken: Sendable {
    /// The access token: a JWT (RFC 9068).
    package let accessToken: Secret
    /// Its lifetime, in whole seconds.
    package let expiresIn: Duration
}

extension TokenMint {
    /// Signs a client's own access token. Its subject is the client (RFC 9068 §2.2); it is of no session and no grant.
    func clientToken(for audiences: [String], of client: TokenClient) throws(OAuthError) -> IssuedClientToken {
        let expiry = (now + lifetimes.accessToken).wholeSeconds
        let payload: JSONObject = [
            "iss": .string(issuer), "sub": .string(client.id), "client_id": .string(client.id),
            "aud": .audiences(audiences, of: issuer), "jti": .string(id.canonical),
            "iat": .integer(now.wholeSeconds), "exp": .integer(expiry),
        ]
        do {
            return IssuedClientToken(
                accessToken: Secret(try keys.accessToken.sign(payload.json.utf8, as: .accessToken)),
                expiresIn: .seconds(expiry - now.wholeSeconds))
        } catch {
            throw OAuthError(.serverError, "The token could not be signed.")
        }
    }
}
