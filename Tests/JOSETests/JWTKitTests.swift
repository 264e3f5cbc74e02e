import Crypto
import Foundation
import JWTKit
import Testing

@testable import JOSE

@Suite("Interoperability with JWTKit")
struct JWTKitTests {
    private struct Payload: JWTPayload, Equatable {
        let sub: SubjectClaim

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    private static let algorithms: [SignatureAlgorithm] = [.rs256, .rs384, .rs512, .es256, .es384, .es512, .edDSA]

    @Test("JWTKit verifies what a key signs, using the key set", arguments: algorithms)
    func verifying(algorithm: SignatureAlgorithm) async throws {
        let key = try SigningKey.generate(for: algorithm)
        let members = try #require(key.publicKey).members
        let set = try JSONSerialization.data(withJSONObject: ["keys": [members]])
        let keys = try await JWTKeyCollection().add(jwksJSON: String(decoding: set, as: UTF8.self))
        let text = try CompactJWS.sign(
            Array(#"{"sub":"account"}"#.utf8), header: ["kid": key.publicKey?.id ?? "", "typ": "JWT"], with: key)
        #expect(try await keys.verify(text, as: Payload.self).sub == "account")
    }

    @Test("A token that JWTKit signed verifies")
    func signing() async throws {
        let ecdsa = P256.Signing.PrivateKey()
        let eddsa = Curve25519.Signing.PrivateKey()
        let keys = try await JWTKeyCollection()
            .add(ecdsa: ES256PrivateKey(pem: ecdsa.pemRepresentation), kid: "ec")
            .add(eddsa: EdDSA.PrivateKey(d: eddsa.rawRepresentation.base64EncodedString(), curve: .ed25519), kid: "ed")
            .add(hmac: "a secret of thirty-two bytes, yes", digestAlgorithm: .sha256, kid: "hmac")
        let own: [String: (SignatureAlgorithm, VerificationKey?)] = [
            "ec": (
                .es256,
                try SigningKey(.es256, representation: Array(ecdsa.rawRepresentation)).publicKey.flatMap(
                    VerificationKey.init)
            ),
            "ed": (
                .edDSA,
                try SigningKey(.edDSA, representation: Array(eddsa.rawRepresentation)).publicKey.flatMap(
                    VerificationKey.init)
            ),
            "hmac": (.hs256, VerificationKey(secret: Array("a secret of thirty-two bytes, yes".utf8))),
        ]
        for (id, (algorithm, key)) in own {
            let text = try await keys.sign(Payload(sub: "account"), kid: JWKIdentifier(string: id))
            let token = try CompactJWS(text)
            let candidates = [try #require(key)]
            #expect(token.keyID == id)
            #expect(try token.verify(allowing: [algorithm]) { _, _ in candidates } == algorithm)
        }
    }
}
