import IdentityBroker
import JOSE
import StrictJSON
import UpstreamAPI

/// A JWT whose signature is not verified yet, with the claims in it.
struct SignedClaims: Sendable {
    /// Long enough for a token that lists a person's groups.
    private static let mostBytes = 64 * 1024

    let jws: CompactJWS
    let claims: JSONObject

    /// - Throws: ``IDTokenFault`` for anything but a signed token, such as an encrypted one, which has five parts.
    init(_ text: String) throws(IDTokenFault) {
        do throws(CompactJWS.Fault) {
            jws = try CompactJWS(text, mostBytes: Self.mostBytes)
        } catch {
            throw .invalid("is refused: \(error.rawValue)")
        }
        guard let claims = (try? JSONReader.upstream.read(jws.payload))?.object else {
            throw .invalid("is refused: its content is not a JSON object")
        }
        self.claims = claims
    }

    /// Refuses the provider's other tokens, whose signature and issuer are the same: access tokens (`at+jwt`, RFC 9068
    /// §2.1; "Bearer" in Keycloak's claim `typ`) and logout tokens (`logout+jwt`, with `events`, OpenID Connect Back-Channel
    /// Logout §2.4).
    ///
    /// - Parameter word: What the claim `typ` of an ID token is, if it is there; nil for a provider that has no such claim.
    func checkType(declaredAs word: String?) throws(IDTokenFault) {
        let (type, claim) = (jws.header["typ"], claims["typ"])
        guard type == nil || type?.string?.lowercased() == "jwt", claims["events"] == nil,
            claim?.string != "Bearer", word == nil || claim == nil || claim?.string == word
        else {
            throw .invalid("is refused: it is a token of another kind")
        }
    }

    /// Verifies the signature.
    ///
    /// - Parameters:
    ///   - algorithms: The algorithms allowed, whatever the token says (RFC 8725 §3.1).
    ///   - secretKey: The key for HS256, if that is allowed. A public key is never such a key
    ///     (RFC 8725 §2.1).
    ///   - keys: The provider's keys.
    ///   - issuer: The token's `iss`, already checked.
    /// - Throws: ``CompactJWS/Fault``.
    func verify(
        allowing algorithms: Set<SignatureAlgorithm>,
        secretKey: VerificationKey?,
        keys: JSONWebKeySet,
        issuer: String
    ) throws(CompactJWS.Fault) -> SignatureAlgorithm {
        do throws(CompactJWS.Fault) {
            return try jws.verify(allowing: algorithms) { id, algorithm in
                if algorithm == .hs256 { return secretKey.map { [$0] } ?? [] }
                return keys.candidates(id: id, algorithm: algorithm, issuer: issuer)
            }
        } catch {
            guard error == .unknownKey, let algorithm = jws.algorithm,
                keys.hasOnlyUnusableKeys(id: jws.keyID, algorithm: algorithm, issuer: issuer)
            else { throw error }
            throw .unusableKey
        }
    }
}
