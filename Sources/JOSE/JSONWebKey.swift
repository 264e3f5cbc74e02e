import Crypto
import StrictJSON

/// The public part of a key (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2), with what its owner states about it.
public struct JSONWebKey: Sendable, Hashable {
    /// A NIST curve (RFC 7518 §6.2.1.1).
    public enum Curve: String, Sendable, Hashable, CaseIterable {
        case p256 = "P-256"
        case p384 = "P-384"
        case p521 = "P-521"

        /// How many bytes a coordinate has (RFC 7518 §6.2.1.2).
        public var coordinateBytes: Int {
            switch self {
            case .p256: 32
            case .p384: 48
            case .p521: 66
            }
        }
    }

    /// The numbers that define the key.
    public enum Material: Sendable, Hashable {
        /// Modulus and exponent, without leading zeros.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// A point: two coordinates of the curve's size.
        case ellipticCurve(Curve, x: [UInt8], y: [UInt8])
        /// A key for Ed25519, of 32 bytes.
        case ed25519([UInt8])
    }

    /// The numbers that define the key.
    public let material: Material
    /// `kid`: the owner's name for the key. It need not be unique.
    public let id: String?
    /// `use`: `sig` or `enc`.
    public let use: String?
    /// `key_ops`: what the key may be used for.
    public let operations: [String]?
    /// `alg`: the one algorithm that the key is for.
    public let algorithm: String?
    /// `issuer`: whose tokens the key signs, in a key set that several issuers share; see ``signs(for:)``.
    public let issuer: String?

    /// Creates the public part of a key that signs with an algorithm.
    ///
    /// - Parameter id: Its `kid`; nil for the key's thumbprint.
    public init(_ material: Material, for algorithm: SignatureAlgorithm, id: String? = nil) {
        self.material = material
        self.algorithm = algorithm.rawValue
        self.id = id ?? material.thumbprint
        use = "sig"
        operations = nil
        issuer = nil
    }

    /// Reads a key of a key set.
    ///
    /// - Returns: Nil for an unsupported kind of key (including symmetric keys), and for a malformed one.
    init?(_ members: JSONObject) {
        // A restriction that cannot be read must not count as no restriction.
        guard let material = Material(members),
            ["kid", "use", "alg", "issuer"].allSatisfy({ members[$0].map { $0.string != nil } ?? true })
        else { return nil }
        self.material = material
        id = members["kid"]?.string
        use = members["use"]?.string
        algorithm = members["alg"]?.string
        issuer = members["issuer"]?.string
        if let operations = members["key_ops"] {
            guard let texts = operations.array?.map(\.string), !texts.contains(nil) else { return nil }
            self.operations = texts.compactMap(\.self)
        } else {
            operations = nil
        }
    }

    /// The thumbprint with SHA-256, in base64url (RFC 7638 §3).
    public var thumbprint: String { material.thumbprint }

    /// The algorithms that a signature of this key may have: those that its material supports, unless its owner states
    /// another use or fewer algorithms.
    public var algorithms: Set<SignatureAlgorithm> {
        guard use ?? "sig" == "sig", operations?.contains("verify") ?? true else { return [] }
        guard let algorithm else { return material.algorithms }
        return SignatureAlgorithm(rawValue: algorithm).map { material.algorithms.intersection([$0]) } ?? []
    }

    /// The members of the key in a key set, except `key_ops`, which is a list.
    var members: [String: String] {
        var members = material.required
        members["kid"] = id
        members["use"] = use
        members["alg"] = algorithm
        members["issuer"] = issuer
        return members
    }
}

extension JSONWebKey.Material {
    init?(_ members: JSONObject) {
        func bytes(_ name: String) -> [UInt8]? { members[name]?.string.flatMap { Base64URL.decode($0) } }
        switch members["kty"]?.string {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            // Some issuers write the leading zero that RFC 7518 §6.3.1.1 forbids.
            self = .rsa(
                modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        case "EC":
            guard let curve = members["crv"]?.string.flatMap(JSONWebKey.Curve.init), let x = bytes("x"),
                let y = bytes("y"), x.count == curve.coordinateBytes, y.count == curve.coordinateBytes
            else { return nil }
            self = .ellipticCurve(curve, x: x, y: y)
        case "OKP":
            guard members["crv"]?.string == "Ed25519", let key = bytes("x"), key.count == 32 else { return nil }
            self = .ed25519(key)
        default:
            return nil
        }
    }

    /// The members that define the key (RFC 7638 §3.2, RFC 8037 §2).
    var required: [String: String] {
        switch self {
        case .rsa(let modulus, let exponent):
            ["kty": "RSA", "n": Base64URL.encode(modulus), "e": Base64URL.encode(exponent)]
        case .ellipticCurve(let curve, let x, let y):
            ["kty": "EC", "crv": curve.rawValue, "x": Base64URL.encode(x), "y": Base64URL.encode(y)]
        case .ed25519(let key):
            ["kty": "OKP", "crv": "Ed25519", "x": Base64URL.encode(key)]
        }
    }

    var thumbprint: String {
        Base64URL.encode(SHA256.hash(data: JSONObject(required).jsonBytes))
    }

    var algorithms: Set<SignatureAlgorithm> {
        switch self {
        case .rsa: [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        case .ellipticCurve(.p256, _, _): [.es256]
        case .ellipticCurve(.p384, _, _): [.es384]
        case .ellipticCurve(.p521, _, _): [.es512]
        case .ed25519: [.edDSA]
        }
    }
}
