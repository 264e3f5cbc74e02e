import Foundation
import IdentityBroker
import JOSE
import OAuthClient
import StrictJSON
import UpstreamAPI

/// Signs the assertions by which a client authenticates (RFC 7523 §2.2 and §3, OpenID Connect Core §9).
struct ClientAssertion: Sendable {
    /// The type of such an assertion (RFC 7523 §2.2).
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    /// How long one is valid. It is used at once; the rest is for clocks that differ.
    private static let lifetime: TimeInterval = 5 * 60

    /// Whom it is for.
    enum Audience: Sendable, Hashable {
        case text(String)
        case tokenEndpoint
    }

    let issuer: String
    let subject: String
    let audience: Audience
    let key: SigningKey
    let keyId: String?
    /// The SHA-256 of the key's certificate in base64url, for `x5t#S256` (RFC 7515 §4.1.8).
    var certificateThumbprint: String?

    /// A new assertion. Its audience is one text: with several, one recipient could present it to another.
    ///
    /// - Throws: What swift-crypto throws, if it runs out of memory.
    func signed(at now: Date, for tokenEndpoint: Endpoint?) throws -> Secret {
        let time = now.timeIntervalSince1970.rounded(.down)
        var claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(subject), "jti": .string(UUID().uuidString.lowercased()),
            "iat": .double(time), "exp": .double(time + Self.lifetime),
        ]
        switch audience {
        case .text(let text): claims["aud"] = .string(text)
        case .tokenEndpoint: claims["aud"] = (tokenEndpoint?.text).map(JSONValue.string)
        }
        var header = ["typ": "JWT"]
        header["kid"] = keyId
        header["x5t#S256"] = certificateThumbprint
        return Secret(try CompactJWS.sign(claims.jsonBytes, header: header, with: key))
    }
}

extension ClientAssertion: CustomReflectable {
    /// A mirror without children, since it has a private key.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
