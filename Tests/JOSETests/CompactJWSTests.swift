import Crypto
import Foundation
import StrictJSON
import Testing

@testable import JOSE

@Suite("A compact JWS")
struct CompactJWSTests {
    /// Shared, since RSA keys take long to make.
    private static let keys = Dictionary(
        uniqueKeysWithValues: SignatureAlgorithm.allCases.compactMap { algorithm in
            (try? SigningKey.generate(for: algorithm)).map { (algorithm, $0) }
        })

    private func key(_ algorithm: SignatureAlgorithm) throws -> (SigningKey, VerificationKey) {
        let key = try #require(Self.keys[algorithm])
        let verification = key.publicKey.map(VerificationKey.init) ?? VerificationKey(secret: key.representation)
        return (key, try #require(verification))
    }

    /// A key that signed nothing.
    private func stranger() throws -> VerificationKey {
        let key = try #require(SigningKey.generate(for: .es256).publicKey)
        return try #require(VerificationKey(key))
    }

    @Test("A key verifies what it signs, also after a round trip", arguments: SignatureAlgorithm.allCases)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let (key, verification) = try key(algorithm)
        let copy = try SigningKey(algorithm, representation: key.representation)
        for key in [key, copy] {
            let text = try CompactJWS.sign(Array("payload".utf8), header: ["kid": "1", "typ": "JWT"], with: key)
            let token = try CompactJWS(text)
            #expect(token.keyID == "1")
            #expect(token.type == "JWT")
            #expect(token.payload == Array("payload".utf8))
            #expect(try token.verify(allowing: [algorithm]) { _, _ in [verification] } == algorithm)
        }
        #expect(copy.publicKey == key.publicKey)
    }

    @Test(
        "A header is written with its members sorted and escaped, and always names the key's algorithm")
    func header() throws {
        let (key, _) = try key(.es256)
        let text = try CompactJWS.sign([], header: ["typ": "a\"b\\\n", "alg": "none", "kid": "é"], with: key)
        let header = try #require(Base64URL.decode(text.prefix { $0 != "." }))
        #expect(String(decoding: header, as: UTF8.self) == #"{"alg":"ES256","kid":"é","typ":"a\"b\\\n"}"#)
    }

    @Test(
        "Only an allowed algorithm is tried, whatever the key could verify", arguments: SignatureAlgorithm.allCases)
    func allowList(algorithm: SignatureAlgorithm) throws {
        let (key, verification) = try key(algorithm)
        let token = try CompactJWS(CompactJWS.sign([1, 2, 3], header: [:], with: key))
        let others = Set(SignatureAlgorithm.allCases).subtracting([algorithm])
        #expect(throws: CompactJWS.Fault.algorithmNotAllowed) {
            try token.verify(allowing: others) { _, _ in
                Issue.record("Keys are looked for before the algorithm is allowed.")
                return [verification]
            }
        }
    }

    @Test("No key verifies a token of another algorithm", arguments: SignatureAlgorithm.allCases)
    func otherKeys(algorithm: SignatureAlgorithm) throws {
        let token = try CompactJWS(CompactJWS.sign([1, 2, 3], header: [:], with: key(algorithm).0))
        for other in SignatureAlgorithm.allCases where other != algorithm {
            let verification = try key(other).1
            #expect(throws: CompactJWS.Fault.wrongSignature, "\(other)") {
                try token.verify(allowing: Set(SignatureAlgorithm.allCases)) { _, _ in [verification] }
            }
        }
    }

    @Test("A hash keyed with a public key is not a signature (RFC 8725 §2.1)")
    func confusion() throws {
        let (key, _) = try key(.rs256)
        let publicKey = try #require(key.publicKey)
        let secrets = try [
            Array(JSONSerialization.data(withJSONObject: publicKey.members)), Array(publicKey.thumbprint.utf8),
        ]
        for secret in secrets {
            let forged = try CompactJWS(
                CompactJWS.sign([1], header: [:], with: SigningKey(.hs256, representation: secret)))
            let keys = [try #require(VerificationKey(publicKey))]
            #expect(throws: CompactJWS.Fault.algorithmNotAllowed) {
                try forged.verify(allowing: SignatureAlgorithm.asymmetric) { _, _ in keys }
            }
            #expect(throws: CompactJWS.Fault.wrongSignature) {
                try forged.verify(allowing: Set(SignatureAlgorithm.allCases)) { _, _ in keys }
            }
        }
    }

    @Test(
        "A header that names no algorithm, or one that is not supported, is refused",
        arguments: [
            "{}", #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":""}"#, #"{"alg":"es256"}"#, #"{"alg":["ES256"]}"#,
            #"{"alg":"HS512"}"#, #"{"alg":"RSA1_5"}"#, #"{"alg":"ES256K"}"#,
        ])
    func algorithms(header: String) throws {
        let token = try CompactJWS("\(Base64URL.encode(header.utf8)).AA.")
        let keys = [try key(.es256).1]
        #expect(throws: CompactJWS.Fault.algorithmNotAllowed) {
            try token.verify(allowing: Set(SignatureAlgorithm.allCases)) { _, _ in keys }
        }
    }

    @Test(
        "Any critical extension is refused (RFC 7515 §4.1.11)",
        arguments: [#"["b64"]"#, "[]", #"["exp"]"#, "null", #""exp""#])
    func criticalExtensions(value: String) throws {
        let (key, verification) = try key(.es256)
        let input = "\(Base64URL.encode(#"{"alg":"ES256","b64":false,"crit":\#(value)}"#.utf8)).AA"
        let token = try CompactJWS("\(input).\(Base64URL.encode(key.signature(for: Array(input.utf8))))")
        #expect(throws: CompactJWS.Fault.criticalExtension) {
            try token.verify(allowing: [.es256]) { _, _ in [verification] }
        }
    }

    @Test("A key in the header is ignored")
    func embeddedKeys() throws {
        let (key, _) = try key(.es256)
        let publicKey = try #require(key.publicKey).members
        let jwk = String(decoding: try JSONSerialization.data(withJSONObject: publicKey), as: UTF8.self)
        let header =
            #"{"alg":"ES256","jwk":\#(jwk),"jku":"https://example.com","x5u":"https://example.com","x5c":["AA"]}"#
        let input = "\(Base64URL.encode(header.utf8)).AA"
        let token = try CompactJWS("\(input).\(Base64URL.encode(key.signature(for: Array(input.utf8))))")
        #expect(throws: CompactJWS.Fault.unknownKey) { try token.verify(allowing: [.es256]) { _, _ in [] } }
        let other = try stranger()
        #expect(throws: CompactJWS.Fault.wrongSignature) { try token.verify(allowing: [.es256]) { _, _ in [other] } }
    }

    @Test("Each matching key is tried")
    func candidates() throws {
        let (key, verification) = try key(.es256)
        let other = try stranger()
        let token = try CompactJWS(CompactJWS.sign([1], header: [:], with: key))
        #expect(try token.verify(allowing: [.es256]) { _, _ in [other, verification] } == .es256)
    }

    @Test(
        "Anything but three base64url parts that begin with a JSON object is malformed",
        arguments: [
            "", ".", "..", "e30.e30", "e30.e30.e30.e30", "e30.e30.e30.", "e30=.AA.AA", "e30.A.AA", "e30.AA.AB",
            "W10.AA.AA",
            "bnVsbA.AA.AA", "e30.AA.AA ", " e30.AA.AA", "e30.AA.AA\n", "eyJhIjoxLCJhIjoxfQ.AA.AA", "77u_e30.AA.AA",
            "é.AA.AA",
        ])
    func malformed(text: String) {
        #expect(throws: CompactJWS.Fault.malformed) { try CompactJWS(text) }
    }

    @Test("A token of the maximum length is accepted, a longer one is not")
    func length() throws {
        let token = "e30.\(String(repeating: "A", count: 12)).AA"
        #expect(try CompactJWS(token, mostBytes: token.utf8.count).payload.count == 9)
        #expect(throws: CompactJWS.Fault.tooLong) { try CompactJWS(token, mostBytes: token.utf8.count - 1) }
    }

    @Test("Keys reveal nothing when printed")
    func reflection() throws {
        let key = try SigningKey(.hs256, representation: Array("planted-secret-planted-secret-12".utf8))
        var text = ""
        dump(key, to: &text)
        dump(VerificationKey(secret: key.representation), to: &text)
        #expect(!text.contains("planted") && !text.contains("112"))
    }
}
