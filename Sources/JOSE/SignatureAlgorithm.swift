import Crypto

/// An algorithm that signs a JWS (RFC 7518 §3.1, RFC 8037 §3.1).
///
/// Neither `none` nor any algorithm with SHA-1 is included.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256, and a salt as long as the hash.
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384.
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512.
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512.
    case es512 = "ES512"
    /// Ed25519.
    case edDSA = "EdDSA"
    /// HMAC with SHA-256: the key that verifies can also sign.
    case hs256 = "HS256"

    /// All asymmetric algorithms, whose signatures a public key set can verify.
    public static let asymmetric = Set(allCases).subtracting([.hs256])

    /// The hash that the algorithm uses, also for `at_hash` and `c_hash` (OpenID Connect Core §3.1.3.6).
    public var hash: HashFunction {
        switch self {
        case .rs256, .ps256, .es256, .hs256: .sha256
        case .rs384, .ps384, .es384: .sha384
        case .rs512, .ps512, .es512, .edDSA: .sha512
        }
    }
}

/// A hash of the SHA-2 family (FIPS 180-4).
public enum HashFunction: Sendable, Hashable {
    case sha256
    case sha384
    case sha512

    /// The hash of these bytes.
    public func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}
