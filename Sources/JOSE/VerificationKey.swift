import Crypto
import CryptoExtras

import Foundation

/// A key that verifies signatures, of one or more algorithms.
///
/// The caller decides which algorithm a signature has, and the key states which ones are allowed; the token decides
/// neither.
public struct VerificationKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
        case secret(SymmetricKey)
    }

    /// The algorithms that the key verifies.
    public let algorithms: Set<SignatureAlgorithm>
    private let material: Material

    /// The largest RSA key, in bits: verifying with a larger one costs too much.
    static let largestRSAKey = 8192

    /// Creates a verification key from a key of a key set.
    ///
    /// - Returns: Nil if the key may not verify signatures or is not on its curve, and for an RSA key of fewer than
    ///   2048 bits (RFC 7518 §3.3) or more than 8192.
    public init?(_ key: JSONWebKey) {
        algorithms = key.algorithms
        guard !algorithms.isEmpty, let material = try? Self.material(key.material) else { return nil }
        self.material = material
    }

    /// A key for HS256 (RFC 7518 §3.2, which asks for 32 bytes or more; that is left to the caller).
    public init(secret: [UInt8]) {
        algorithms = [.hs256]
        material = .secret(SymmetricKey(data: secret))
    }

    private static func material(_ key: JSONWebKey.Material) throws -> Material? {
        switch key {
        case .rsa(let modulus, let exponent):
            guard modulus.count * 8 <= largestRSAKey else { return nil }
            return .rsa(try _RSA.Signing.PublicKey(n: modulus, e: exponent))
        case .ellipticCurve(.p256, let x, let y): return .p256(try P256.Signing.PublicKey(rawRepresentation: x + y))
        case .ellipticCurve(.p384, let x, let y): return .p384(try P384.Signing.PublicKey(rawRepresentation: x + y))
        case .ellipticCurve(.p521, let x, let y): return .p521(try P521.Signing.PublicKey(rawRepresentation: x + y))
        case .ed25519(let key): return .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: key))
        }
    }

    /// Whether this key made the signature over these bytes with this algorithm.
    public func isValid(
        _ signature: [UInt8],
        over bytes: ArraySlice<UInt8>,
        by algorithm: SignatureAlgorithm
    ) -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        switch material {
        case .rsa(let key):
            return isValid(_RSA.Signing.RSASignature(rawRepresentation: signature), of: key, over: bytes, by: algorithm)
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .p384(let key):
            guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .p521(let key):
            guard let signature = try? P521.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .ed25519(let key):
            return key.isValidSignature(signature, for: bytes)
        case .secret(let key):
            return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: bytes, using: key)
        }
    }

    private func isValid(
        _ signature: _RSA.Signing.RSASignature,
        of key: _RSA.Signing.PublicKey,
        over bytes: ArraySlice<UInt8>,
        by algorithm: SignatureAlgorithm
    ) -> Bool {
        let padding = algorithm.padding
        return switch algorithm.hash {
        case .sha256: key.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: padding)
        case .sha384: key.isValidSignature(signature, for: SHA384.hash(data: bytes), padding: padding)
        case .sha512: key.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: padding)
        }
    }
}

extension VerificationKey: CustomReflectable {
    /// A mirror without children, since the key may be a secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SignatureAlgorithm {
    /// The padding of an RSA signature.
    var padding: _RSA.Signing.Padding {
        switch self {
        case .ps256, .ps384, .ps512: .PSS
        default: .insecurePKCS1v1_5
        }
    }
}
