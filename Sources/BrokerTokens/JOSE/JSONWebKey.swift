import Crypto
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import StrictJSON

/// The public part of a key as JSON (RFC 7517 §4, RFC 7518 §6). It has no room for a private one.
enum JSONWebKey: Equatable {
    /// A point on P-256: coordinates of 32 bytes.
    case ellipticCurve(x: [UInt8], y: [UInt8])
    /// Modulus and exponent, without leading zeros.
    case rsa(modulus: [UInt8], exponent: [UInt8])

    /// The members that make the key what it is (RFC 7638 §3.2).
    private var required: [String: String] {
        switch self {
        case .ellipticCurve(let x, let y):
            ["kty": "EC", "crv": "P-256", "x": base64URL(x), "y": base64URL(y)]
        case .rsa(let modulus, let exponent):
            ["kty": "RSA", "n": base64URL(modulus), "e": base64URL(exponent)]
        }
    }

    /// The thumbprint that names the key wherever it goes (RFC 7638 §3).
    var thumbprint: String {
        // The members sorted by name, and nothing in them that JSON would escape.
        let members = required.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
        return base64URL(SHA256.hash(data: Array("{\(members.joined(separator: ","))}".utf8)))
    }

    /// The members of the key in a key set.
    func members(for algorithm: SigningAlgorithm) -> [String: String] {
        required.merging(["kid": thumbprint, "use": "sig", "alg": algorithm.rawValue]) { own, _ in own }
    }

    /// Reads a key of the set; nil where a member is missing or misspelt.
    init?(_ key: JSONObject) {
        func bytes(_ name: String) -> [UInt8]? { key[name]?.string.flatMap { Base64URL.decode($0.utf8) } }
        switch key["kty"]?.string {
        case "EC":
            guard key["crv"]?.string == "P-256", let x = bytes("x"), let y = bytes("y") else { return nil }
            self = .ellipticCurve(x: x, y: y)
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            self = .rsa(modulus: modulus, exponent: exponent)
        default:
            return nil
        }
    }

    init(ellipticCurve key: P256.Signing.PublicKey) {
        let point = key.rawRepresentation
        self = .ellipticCurve(x: Array(point.prefix(32)), y: Array(point.suffix(32)))
    }
}
