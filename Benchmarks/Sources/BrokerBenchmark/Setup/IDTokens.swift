import Foundation
import JOSE
import StrictJSON

/// ID tokens as an app gets them, in the file that each program is measured with: the provider's key set on the first line,
/// and on each other line a nonce and the token that contains it.
struct IDTokens: Sendable {
    static let issuer = "https://op.example"
    static let clientId = "notes"

    let keySet: [UInt8]
    let lines: [(nonce: String, token: String)]

    /// Signs new ones, valid for an hour.
    init(count: Int, at now: Date) throws {
        let key = try SigningKey.generate(for: .es256)
        guard let material = key.publicKey?.material else { throw IDTokenFileFault.noPublicKey }
        keySet = JSONWebKeySet([JSONWebKey(material, for: .es256, id: "op-1")]).document
        let time = now.timeIntervalSince1970.rounded(.down)
        lines = try (0..<count).map { number in
            let nonce = "the-nonce-of-login-\(number)"
            let claims: JSONObject = [
                "iss": .string(Self.issuer), "aud": .string(Self.clientId), "nonce": .string(nonce),
                "sub": .string("person-\(number)"), "jti": .string(UUID().uuidString), "name": "Alice Example",
                "email": "alice@example.com", "email_verified": true, "auth_time": .double(time),
                "iat": .double(time), "exp": .double(time + 3600),
            ]
            return (nonce, try CompactJWS.sign(claims.jsonBytes, header: ["typ": "JWT", "kid": "op-1"], with: key))
        }
    }

    /// Reads the file.
    init(contentsOf path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        keySet = Array((text.first ?? "").utf8)
        lines = try text.dropFirst().map { line in
            let words = line.split(separator: " ")
            guard words.count == 2 else { throw IDTokenFileFault.notANonceAndAToken }
            return (String(words[0]), String(words[1]))
        }
    }

    /// What the file contains.
    var text: String {
        "\(String(decoding: keySet, as: UTF8.self))\n" + lines.map { "\($0.nonce) \($0.token)\n" }.joined()
    }
}

enum IDTokenFileFault: Error {
    case noPublicKey, notANonceAndAToken
}
