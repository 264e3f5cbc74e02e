import CryptoExtras
import Foundation
import Testing

@testable import JOSE

/// Keys that OpenSSL 3.0 made.
@Suite("A private key in PEM form")
struct PEMTests {
    private static func text(_ name: String) throws -> String {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/keys/\(name)", withExtension: "pem"))
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test(
        "is read with the algorithm of its kind, and signs what its public part verifies",
        arguments: [
            ("rsa", .rs256), ("rsa-pkcs1", .rs256), ("p-256", .es256), ("p-384", .es384), ("p-521", .es512),
            ("ed25519", .edDSA),
        ] as [(String, SignatureAlgorithm)])
    func read(name: String, algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey(pem: Self.text(name))
        #expect(key.algorithm == algorithm)
        let publicKey = try #require(key.publicKey)
        let document = try #require(PEMDocument(Self.text("\(name.replacing("-pkcs1", with: ""))-public")))
        switch publicKey.material {
        case .rsa(let modulus, let exponent):
            let numbers = try _RSA.Signing.PublicKey(derRepresentation: document.bytes).getKeyPrimitives()
            #expect(modulus == Array(numbers.modulus) && exponent == Array(numbers.publicExponent))
        case .ellipticCurve(_, let x, let y): #expect(document.bytes.suffix(x.count + y.count).elementsEqual(x + y))
        case .ed25519(let bytes): #expect(document.bytes.suffix(32).elementsEqual(bytes))
        }
        let subjectPublicKey = try #require(key.subjectPublicKey)
        #expect(document.bytes.suffix(subjectPublicKey.count + 1).elementsEqual([0] + subjectPublicKey))
        let token = try CompactJWS(CompactJWS.sign([1, 2, 3], header: [:], with: key))
        let verifying = try #require(VerificationKey(publicKey))
        #expect(try token.verify(allowing: [algorithm]) { _, _ in [verifying] } == algorithm)
    }

    @Test("may have parameters of its curve before it, and Windows line breaks")
    func variations() throws {
        #expect(try SigningKey(pem: Self.text("p-256-sec1")).algorithm == .es256)
        #expect(try SigningKey(pem: Self.text("ed25519").replacing("\n", with: "\r\n")).algorithm == .edDSA)
    }

    @Test(
        "signs with another algorithm of its kind if that is asked for, and with no other", arguments: ["rsa", "p-256"])
    func chosen(name: String) throws {
        for algorithm in SignatureAlgorithm.allCases {
            let isFitting = name == "rsa" ? ["R", "P"].contains(algorithm.rawValue.prefix(1)) : algorithm == .es256
            if isFitting {
                #expect(try SigningKey(pem: Self.text(name), for: algorithm).algorithm == algorithm)
            } else {
                #expect(throws: SigningKey.PEMFault.otherAlgorithm) {
                    try SigningKey(pem: Self.text(name), for: algorithm)
                }
            }
        }
    }

    @Test(
        "is refused with a reason",
        arguments: [
            ("p-256-public", .malformed), ("p-256-encrypted", .malformed), ("certificate", .malformed),
            ("rsa-1024", .unsupported), ("ed448", .unsupported),
        ] as [(String, SigningKey.PEMFault)])
    func refused(name: String, fault: SigningKey.PEMFault) {
        #expect(throws: fault) { try SigningKey(pem: Self.text(name)) }
    }

    @Test("is refused if it is broken")
    func broken() throws {
        let text = try Self.text("ed25519")
        for broken in [
            "", "-----BEGIN PRIVATE KEY-----", text.replacing("MC4", with: "MC5"), String(text.dropLast(30)),
        ] {
            #expect(throws: SigningKey.PEMFault.self) { try SigningKey(pem: broken) }
        }
    }

    @Test("and a certificate are found by their labels")
    func labels() throws {
        let both = try Self.text("certificate") + Self.text("p-256")
        #expect(PEMDocument(both)?.label == "CERTIFICATE")
        #expect(PEMDocument(both, where: { $0 == "PRIVATE KEY" })?.label == "PRIVATE KEY")
        #expect(try SigningKey(pem: both).algorithm == .es256)
        let digest = HashFunction.sha256.hash(try #require(PEMDocument(both)).bytes)
        #expect(digest.starts(with: [0xF2, 0x85, 0x22, 0x23, 0xBD, 0x79]))
    }
}
