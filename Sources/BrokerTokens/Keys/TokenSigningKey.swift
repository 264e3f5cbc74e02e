import JOSE

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
