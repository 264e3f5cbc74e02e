import JOSE

/// How tokens are signed. Each key has one algorithm, whatever the header of a token says.
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable, Codable {
    /// ECDSA on P-256 with SHA-256: small and fast. The default.
    case es256 = "ES256"
    /// RSA with PKCS #1 v1.5 padding and SHA-256, which every OpenID Connect client must support (OpenID Connect Core
    /// §15.1).
    case rs256 = "RS256"

    var signature: SignatureAlgorithm {
        switch self {
        case .es256: .es256
        case .rs256: .rs256
        }
    }
}
