import Crypto
import CryptoExtras
import Foundation

/// A private key with the one algorithm that it signs with.
///
/// This signs with swift-crypto directly, without a JOSE library in between: such a library picks key and algorithm
/// from the token and falls back to a default key, which must not happen.
public struct SigningKey: Sendable {
    enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
        case secret(SymmetricKey)
    }

    /// The algorithm that the key signs with.
    public let algorithm: SignatureAlgorithm
    /// The public part; nil for a secret.
    public let publicKey: JSONWebKey?
    private let material: Material

    /// Generates a key; an RSA key has 2048 bits and takes some hundred milliseconds.
    ///
    /// - Throws: What swift-crypto throws, if it runs out of memory.
    public static func generate(for algorithm: SignatureAlgorithm) throws -> SigningKey {
        let material: Material =
            switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            case .es256: .p256(P256.Signing.PrivateKey())
            case .es384: .p384(P384.Signing.PrivateKey())
            case .es512: .p521(P521.Signing.PrivateKey())
            case .edDSA: .ed25519(Curve25519.Signing.PrivateKey())
            case .hs256: .secret(SymmetricKey(size: .bits256))
            }
        return try SigningKey(material, algorithm)
    }

    /// Reads a key that ``representation`` wrote.
    ///
    /// - Throws: What swift-crypto throws if the bytes are not such a key.
    public init(_ algorithm: SignatureAlgorithm, representation: [UInt8]) throws {
        let material: Material =
            switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
                .rsa(try _RSA.Signing.PrivateKey(derRepresentation: representation))
            case .es256: .p256(try P256.Signing.PrivateKey(rawRepresentation: representation))
            case .es384: .p384(try P384.Signing.PrivateKey(rawRepresentation: representation))
            case .es512: .p521(try P521.Signing.PrivateKey(rawRepresentation: representation))
            case .edDSA: .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: representation))
            case .hs256: .secret(SymmetricKey(data: representation))
            }
        try self.init(material, algorithm)
    }

    init(_ material: Material, _ algorithm: SignatureAlgorithm) throws {
        self.material = material
        self.algorithm = algorithm
        publicKey = try Self.publicMaterial(of: material).map { JSONWebKey($0, for: algorithm) }
    }

    private static func publicMaterial(of material: Material) throws -> JSONWebKey.Material? {
        func point(_ curve: JSONWebKey.Curve, _ coordinates: Data) -> JSONWebKey.Material {
            .ellipticCurve(
                curve, x: Array(coordinates.prefix(curve.coordinateBytes)),
                y: Array(coordinates.suffix(curve.coordinateBytes)))
        }
        switch material {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            return .rsa(modulus: Array(numbers.modulus), exponent: Array(numbers.publicExponent))
        case .p256(let key): return point(.p256, key.publicKey.rawRepresentation)
        case .p384(let key): return point(.p384, key.publicKey.rawRepresentation)
        case .p521(let key): return point(.p521, key.publicKey.rawRepresentation)
        case .ed25519(let key): return .ed25519(Array(key.publicKey.rawRepresentation))
        case .secret: return nil
        }
    }

    /// The private key itself: PKCS #1 in DER, a scalar (SEC 1 §2.3.7), a seed (RFC 8032 §5.1.5), or the secret.
    public var representation: [UInt8] {
        switch material {
        case .rsa(let key): Array(key.derRepresentation)
        case .p256(let key): Array(key.rawRepresentation)
        case .p384(let key): Array(key.rawRepresentation)
        case .p521(let key): Array(key.rawRepresentation)
        case .ed25519(let key): Array(key.rawRepresentation)
        case .secret(let key): key.withUnsafeBytes(Array.init)
        }
    }

    /// The public part as a certificate has it (`subjectPublicKey`, RFC 5280 §4.1.2.7); nil for a secret.
    public var subjectPublicKey: [UInt8]? {
        switch material {
        case .rsa(let key): Array(key.publicKey.pkcs1DERRepresentation)
        case .p256(let key): Array(key.publicKey.x963Representation)
        case .p384(let key): Array(key.publicKey.x963Representation)
        case .p521(let key): Array(key.publicKey.x963Representation)
        case .ed25519(let key): Array(key.publicKey.rawRepresentation)
        case .secret: nil
        }
    }

    /// Signs, in the form of RFC 7518 §3.2 to §3.5 or RFC 8037 §3.1.
    ///
    /// - Throws: What swift-crypto throws, if it runs out of memory.
    public func signature(for bytes: [UInt8]) throws -> [UInt8] {
        switch material {
        case .rsa(let key): Array(try signature(for: bytes, with: key).rawRepresentation)
        case .p256(let key): Array(try key.signature(for: bytes).rawRepresentation)
        case .p384(let key): Array(try key.signature(for: bytes).rawRepresentation)
        case .p521(let key): Array(try key.signature(for: bytes).rawRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        case .secret(let key): Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        }
    }

    private func signature(
        for bytes: [UInt8],
        with key: _RSA.Signing.PrivateKey
    ) throws -> _RSA.Signing.RSASignature {
        let padding = algorithm.padding
        return switch algorithm.hash {
        case .sha256: try key.signature(for: SHA256.hash(data: bytes), padding: padding)
        case .sha384: try key.signature(for: SHA384.hash(data: bytes), padding: padding)
        case .sha512: try key.signature(for: SHA512.hash(data: bytes), padding: padding)
        }
    }
}

extension SigningKey: CustomReflectable {
    /// A mirror without children, so that nothing prints the key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
