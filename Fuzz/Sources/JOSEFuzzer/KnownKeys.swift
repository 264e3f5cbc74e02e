import JOSE

/// A key that the fuzzer signs with. RSA is left out: it takes a millisecond for each signature.
struct KnownKeys {
    let signing: SigningKey
    let verification: VerificationKey

    static let all: [SignatureAlgorithm: KnownKeys] = {
        var all: [SignatureAlgorithm: KnownKeys] = [:]
        for algorithm in [.es256, .edDSA, .hs256] as [SignatureAlgorithm] {
            // The same in every run; any 32 bytes below the order of P-256 are a key.
            guard let signing = try? SigningKey(algorithm, representation: [UInt8](repeating: 7, count: 32)) else {
                fatalError("A key of 32 bytes is refused.")
            }
            guard
                let key = signing.publicKey.map(VerificationKey.init) ?? VerificationKey(secret: signing.representation)
            else { fatalError("A public key is refused.") }
            all[algorithm] = KnownKeys(signing: signing, verification: key)
        }
        return all
    }()
}
