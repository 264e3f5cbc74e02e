import FuzzSupport
import JOSE

/// A key that the fuzzer signs with. RSA is left out: it takes a millisecond for each signature.
struct KnownKeys {
    let signing: SigningKey
    let verification: VerificationKey

    static let all: [SignatureAlgorithm: KnownKeys] = {
        var all: [SignatureAlgorithm: KnownKeys] = [:]
        for algorithm in [.es256, .edDSA, .hs256] as [SignatureAlgorithm] {
            all[algorithm] = KnownKeys(algorithm)
        }
        property("Any 32 bytes below the order of P-256 are a key.", holds: all.count == 3)
        return all
    }()

    /// The same key in every run.
    private init?(_ algorithm: SignatureAlgorithm) {
        guard
            let signing = try? SigningKey(algorithm, representation: [UInt8](repeating: 7, count: 32)),
            let key = signing.publicKey.map(VerificationKey.init) ?? VerificationKey(secret: signing.representation)
        else { return nil }
        self.signing = signing
        verification = key
    }
}
