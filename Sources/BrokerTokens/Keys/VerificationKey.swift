import Crypto
import CryptoExtras
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import StrictJSON

/// A public key with the one algorithm that it is for.
struct VerificationKey {
    private enum Material {
        case es256(P256.Signing.PublicKey)
        case rs256(_RSA.Signing.PublicKey)
    }

    /// The thumbprint (RFC 7638).
    let id: String
    let algorithm: SigningAlgorithm
    let webKey: JSONWebKey
    private let material: Material

    init(_ key: P256.Signing.PublicKey) {
        webKey = JSONWebKey(ellipticCurve: key)
        id = webKey.thumbprint
        algorithm = .es256
        material = .es256(key)
    }

    init(_ key: _RSA.Signing.PublicKey) throws {
        let primitives = try key.getKeyPrimitives()
        webKey = .rsa(modulus: Array(primitives.modulus), exponent: Array(primitives.publicExponent))
        id = webKey.thumbprint
        algorithm = .rs256
        material = .rs256(key)
    }

    /// Takes a key of a key set, or nil where it is none for a token of the broker's: of another algorithm or use, under a
    /// name that is not its thumbprint, an RSA key of fewer than 2048 bits.
    init?(_ member: JSONObject) {
        guard let webKey = JSONWebKey(member), member["use"]?.string == "sig" else { return nil }
        switch webKey {
        case .ellipticCurve(let x, let y):
            guard x.count == 32, let key = try? P256.Signing.PublicKey(rawRepresentation: x + y) else { return nil }
            self.init(key)
        case .rsa(let modulus, let exponent):
            guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent), key.keySizeInBits >= 2048 else {
                return nil
            }
            do { try self.init(key) } catch { return nil }
        }
        guard member["alg"]?.string == algorithm.rawValue, member["kid"]?.string == id else { return nil }
    }

    /// Whether the signature is this key's over these bytes.
    func isValid(_ signature: [UInt8], over bytes: ArraySlice<UInt8>) -> Bool {
        switch material {
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .rs256(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: bytes, padding: .insecurePKCS1v1_5)
        }
    }
}
