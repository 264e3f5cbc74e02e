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

/// A private key with the one algorithm that it signs with, and its public part.
struct TokenSigningKey {
    let verificationKey: TokenVerificationKey
    private let key: SigningKey

    var id: String { verificationKey.id }
    var algorithm: SigningAlgorithm { verificationKey.algorithm }

    /// The private key itself. It leaves the process only encrypted.
    var representation: [UInt8] { key.representation }

    /// Generates a new key; an RSA key takes a few hundred milliseconds.
    static func generate(for algorithm: SigningAlgorithm) throws -> TokenSigningKey {
        try TokenSigningKey(.generate(for: algorithm.signature))
    }

    /// Reads a key that ``representation`` wrote.
    init(_ algorithm: SigningAlgorithm, representation: some Collection<UInt8>) throws {
        try self.init(SigningKey(algorithm.signature, representation: Array(representation)))
    }

    private init(_ key: SigningKey) throws {
        guard let verificationKey = key.publicKey.flatMap(TokenVerificationKey.init) else {
            throw TokenSigningKeyFault.unusable
        }
        self.key = key
        self.verificationKey = verificationKey
    }

    /// Signs a token.
    func sign(_ payload: some Collection<UInt8>, as type: TokenType) throws -> String {
        try CompactJWS.sign(payload, header: ["kid": id, "typ": type.rawValue], with: key)
    }
}

/// A private key whose public part verifies nothing, such as an RSA key that is too short.
enum TokenSigningKeyFault: Error {
    case unusable
}

extension TokenSigningKey: CustomReflectable {
    /// A mirror without children, since a private key must not reach a log.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A public key with its one algorithm, named by its thumbprint (RFC 7638).
struct TokenVerificationKey {
    let id: String
    let algorithm: SigningAlgorithm
    let webKey: JSONWebKey
    let key: VerificationKey

    /// Creates a key from a key of a key set, or nil if no token of this broker is signed with it: a key of another
    /// algorithm or use, or whose name is not its thumbprint.
    init?(_ webKey: JSONWebKey) {
        guard let id = webKey.id, id == webKey.thumbprint, webKey.use == "sig",
            let algorithm = webKey.algorithm.flatMap(SigningAlgorithm.init), let key = VerificationKey(webKey)
        else { return nil }
        self.id = id
        self.algorithm = algorithm
        self.webKey = webKey
        self.key = key
    }
}
