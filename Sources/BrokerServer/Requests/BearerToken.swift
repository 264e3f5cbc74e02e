import BrokerTokens
import HTTPTypes
import IdentityBroker

/// The token in an `Authorization` header: `"Bearer" 1*SP b64token` (RFC 6750 §2.1), the scheme in any case (RFC 9110 §11.1).
enum BearerToken {
    /// - Returns: The token; nil if the request carries no credentials, or those of another scheme (RFC 6750 §3.1).
    /// - Throws: ``OAuthError`` `invalid_request` if the header is repeated, `invalid_token` if the token is malformed.
    static func read(_ headers: HTTPFields) throws(OAuthError) -> Secret? {
        let values = headers[values: .authorization]
        guard let value = values.first else { return nil }
        guard values.count == 1 else {
            throw OAuthError(.invalidRequest, "Multiple 'Authorization' headers.")
        }
        let scheme = value.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else { return nil }
        let token = value.dropFirst(scheme.count).drop { $0 == " " }
        guard isWellFormed(token) else {
            throw OAuthError(.invalidToken, "The bearer token in the header 'Authorization' is malformed.")
        }
        return Secret(String(token))
    }

    /// Whether this is a `b64token`: letters, digits and some signs, then any number of `=`.
    private static func isWellFormed(_ text: Substring) -> Bool {
        let signs = text.utf8.drop(while: isSign)
        return signs.startIndex != text.startIndex && signs.allSatisfy { $0 == UInt8(ascii: "=") }
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/".utf8.contains(byte)
        }
    }
}
