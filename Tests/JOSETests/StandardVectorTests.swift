import Foundation
import JOSE
import Testing

@testable import JOSE

@Suite("Examples from the standards")
struct StandardVectorTests {
    @Test("A signature verifies, but not with one bit changed", arguments: StandardVectors.all.signatures)
    func verification(example: StandardVectors.Signature) throws {
        let token = try CompactJWS(example.token)
        let key = try #require(try example.verificationKey)
        let algorithm = try #require(SignatureAlgorithm(rawValue: example.algorithm))
        #expect(try token.verify(allowing: [algorithm]) { _, _ in [key] } == algorithm)

        let parts = example.token.split(separator: ".")
        var signature = try #require(Base64URL.decode(parts[2]))
        for position in [0, signature.count / 2, signature.count - 1] {
            signature[position] ^= 1
            let forged = try CompactJWS("\(parts[0]).\(parts[1]).\(Base64URL.encode(signature))")
            #expect(throws: CompactJWS.Fault.wrongSignature) {
                try forged.verify(allowing: [algorithm]) { _, _ in [key] }
            }
            signature[position] ^= 1
        }
    }

    @Test("A thumbprint matches the standard", arguments: StandardVectors.all.thumbprints)
    func thumbprint(example: StandardVectors.Thumbprint) throws {
        let key = try #require(try JSONWebKey(object(of: example.key)))
        #expect(key.thumbprint == example.thumbprint)
    }

    @Test(
        "Keys with deterministic signatures sign as in the standard",
        arguments: ["RFC 7515 A.1", "RFC 7520 4.4", "RFC 8037 A.4"])
    func signing(source: String) throws {
        let example = try #require(StandardVectors.all.signatures.first { $0.source == source })
        let algorithm = try #require(SignatureAlgorithm(rawValue: example.algorithm))
        let secret = try #require(Base64URL.decode(example.key["k"] ?? example.key["d"] ?? ""))
        let key = try SigningKey(algorithm, representation: secret)
        let signed = try #require(example.token.lastIndex(of: "."))
        let signature = try key.signature(for: Array(example.token[..<signed].utf8))
        #expect(Base64URL.encode(signature) == example.token[signed...].dropFirst())
        #expect(try key.publicKey == example.publicKey.map { JSONWebKey($0.material, for: algorithm) })
    }

    @Test("The public key set of RFC 7517 Appendix A.1 is read: one key is for encryption, the other verifies RS256")
    func publicKeySet() throws {
        let set = try JSONWebKeySet(reading: try #require(StandardVectors.all.keySets["public"]).document)
        #expect(set.keys.map(\.id) == ["1", "2011-04-29"])
        #expect(set.keys.map(\.algorithms) == [[], [.rs256]])
        #expect(set.candidates(id: "2011-04-29", algorithm: .rs256, issuer: "").count == 1)
        #expect(set.candidates(id: "2011-04-29", algorithm: .ps256, issuer: "").isEmpty)
        #expect(set.candidates(id: "1", algorithm: .es256, issuer: "").isEmpty)
    }

    @Test("The private key set of RFC 7517 Appendix A.2 is refused completely")
    func privateKeySet() throws {
        let document = try #require(StandardVectors.all.keySets["private"]).document
        #expect(throws: JSONWebKeySet.Fault.privateKey) { try JSONWebKeySet(reading: document) }
    }

    @Test("No key of the symmetric key set of RFC 7517 Appendix A.3 is used")
    func symmetricKeySet() throws {
        let set = try JSONWebKeySet(reading: try #require(StandardVectors.all.keySets["symmetric"]).document)
        #expect(set.keys.isEmpty)
    }
}
