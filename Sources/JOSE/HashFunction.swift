import Crypto

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
