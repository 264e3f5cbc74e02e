import Crypto
import IdentityBroker
import JOSE

/// What binds an authorization code to whoever asked for it (RFC 7636): the SHA-256 of a secret that only they have.
///
/// The only method is `S256`: with `plain`, whoever sees the request could redeem its code.
struct CodeChallenge: Hashable {
    /// The method, as requests name it.
    static let method = "S256"

    /// The challenge as received: 32 bytes in base64url.
    let text: String

    private static let verifierBytes = 43...128

    /// Reads a challenge; nil if it is not one.
    init?(_ text: String) {
        guard Base64URL.decode(text)?.count == SHA256.byteCount else { return nil }
        self.text = text
    }

    /// Reads the challenge of a request; nil if it has none.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` for another method, also where it goes unsaid and so means `plain`
    ///   (RFC 7636 §4.3), or for a malformed challenge.
    init?(_ parameters: RequestParameters) throws(OAuthError) {
        let (text, method) = (parameters["code_challenge"], parameters["code_challenge_method"])
        guard text != nil || method != nil else { return nil }
        guard method == Self.method else {
            throw OAuthError(.invalidRequest, "The code_challenge_method must be S256.")
        }
        guard let challenge = text.flatMap(CodeChallenge.init(_:)) else {
            throw OAuthError(.invalidRequest, "The code_challenge must be a SHA-256 in base64url: 43 characters.")
        }
        self = challenge
    }

    /// Whether this is the challenge of a verifier: 43 to 128 unreserved characters (RFC 7636 §4.1).
    func isMet(by verifier: Secret) -> Bool {
        let bytes = verifier.revealBytes()
        guard Self.verifierBytes.contains(bytes.count), bytes.allSatisfy(\.isUnreserved) else { return false }
        return Secret(Base64URL.encode(SHA256.hash(data: bytes))) == Secret(text)
    }
}

extension CodeChallenge: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let challenge = CodeChallenge(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not a code challenge.")
        }
        self = challenge
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
