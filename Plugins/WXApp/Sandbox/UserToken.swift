import Crypto
import Foundation

/// The token inside the record, signed with the pool's token key and valid for fifteen days.
struct UserToken {
    private struct Claims: Encodable {
        struct Person: Encodable {
            let unionid: String?
            let id: String
            /// The user pool, despite the name.
            let clientId: String
        }

        let data: Person
        let iat: Int
        let exp: Int
    }

    private static let lifetime = 15 * 24 * 60 * 60

    let compact: String
    let expiry: Date

    init(user: SandboxUser, userPoolId: String, login: Date, key: String) throws {
        let issuedAt = Int(login.timeIntervalSince1970.rounded(.down))
        let expiry = issuedAt + Self.lifetime
        let person = Claims.Person(unionid: user.weChatProfile.unionid, id: user.id, clientId: userPoolId)
        self.compact = try JSONWebToken.sign(Claims(data: person, iat: issuedAt, exp: expiry), key: key)
        self.expiry = Date(timeIntervalSince1970: TimeInterval(expiry))
    }
}

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

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 0x10 ? "0" + digits : digits
        }.joined()
    }
}
