import Crypto
import CryptoExtras
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A private key with the one algorithm that it signs with.
///
/// swift-crypto signs and verifies here, without a JOSE library between: such a one picks the key and the algorithm by
/// what the token says and falls back on a default key, which is what must not happen.
struct SigningKey {
    private enum Material {
        case es256(P256.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)
    }

    private let material: Material
    let verificationKey: VerificationKey

    var id: String { verificationKey.id }
    var algorithm: SigningAlgorithm { verificationKey.algorithm }

    /// Makes a new key; an RSA key takes some hundred milliseconds.
    static func generate(for algorithm: SigningAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .es256: try SigningKey(.es256(P256.Signing.PrivateKey()))
        case .rs256: try SigningKey(.rs256(_RSA.Signing.PrivateKey(keySize: .bits2048)))
        }
    }

    private init(_ material: Material) throws {
        self.material = material
        verificationKey =
            switch material {
            case .es256(let key): VerificationKey(key.publicKey)
            case .rs256(let key): try VerificationKey(key.publicKey)
            }
    }

    /// Reads a key that ``representation`` wrote.
    init(_ algorithm: SigningAlgorithm, representation: some Collection<UInt8>) throws {
        switch algorithm {
        case .es256: try self.init(.es256(P256.Signing.PrivateKey(rawRepresentation: Data(representation))))
        case .rs256: try self.init(.rs256(_RSA.Signing.PrivateKey(derRepresentation: Data(representation))))
        }
    }

    /// The private key itself: the scalar (SEC 1 §2.3.7) or PKCS #1. It leaves the process sealed only.
    var representation: Data {
        switch material {
        case .es256(let key): key.rawRepresentation
        case .rs256(let key): key.derRepresentation
        }
    }

    /// A signature in the form of RFC 7518 §3.3 or §3.4.
    func signature(for bytes: [UInt8]) throws -> Data {
        switch material {
        case .es256(let key): try key.signature(for: bytes).rawRepresentation
        case .rs256(let key): try key.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation
        }
    }
}

extension SigningKey: CustomReflectable {
    /// A mirror without children, since a private key has no place in a log.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
