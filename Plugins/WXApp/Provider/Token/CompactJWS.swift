import Crypto
import IdentityBroker
import StrictJSON

/// A JSON Web Signature in compact serialisation (RFC 7515 §7.1), taken apart and not yet believed.
struct CompactJWS {
    let header: JSONObject
    let payload: JSONObject
    private let signingInput: ArraySlice<UInt8>
    private let signature: [UInt8]

    /// Nil unless the text is three parts in base64url, the first two of them JSON objects.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let payload = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.payload = payload
        self.signature = signature
        signingInput = bytes[..<parts[1].endIndex]
    }

    /// Whether the header names HS256 and nothing that a reader would have to understand as well (`crit`, RFC 7515
    /// §4.1.11).
    var isPlainHS256: Bool {
        header["alg"]?.string == "HS256" && header["crit"] == nil
    }

    /// Whether the signature is the HMAC with SHA-256 of the signing input (RFC 7518 §3.2). The header has no say in it.
    func isSignedWithHS256(by key: Secret) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            signature,
            authenticating: signingInput,
            using: SymmetricKey(data: key.revealBytes())
        )
    }

    private static func object(_ part: ArraySlice<UInt8>) -> JSONObject? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        return (try? JSONReader.upstream.read(bytes))?.object
    }
}
