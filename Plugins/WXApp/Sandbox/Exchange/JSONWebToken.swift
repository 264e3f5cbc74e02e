import Crypto

import Foundation

/// Signs claims as a JWT with HS256, in compact form (RFC 7515 §7.1, RFC 7518 §3.2).
enum JSONWebToken {
    private static let header = base64URL(Data(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    static func sign(_ claims: some Encodable, key: String) throws -> String {
        let signed = "\(header).\(base64URL(Data(try JSONText.encode(claims).utf8)))"
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return "\(signed).\(base64URL(Data(code)))"
    }

    private static func base64URL(_ data: Data) -> String {
        String(
            data.base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }
}
