import Crypto

/// Names a one-time credential in a store without containing it: a SHA-256 digest, scoped by issuer and kind.
public struct OneTimeKey: Sendable, Hashable {
    /// The 32 bytes of the digest.
    public let digest: [UInt8]

    /// Names a credential by a digest that was made before.
    package init(digest: [UInt8]) {
        self.digest = digest
    }

    /// Digests the credential. Each part is preceded by its length, so that no two triples run into one another.
    init(issuer: Issuer, credential: Credential) {
        var hash = SHA256()
        for part in [Array(issuer.rawValue.utf8), Array(credential.kind.rawValue.utf8), credential.value.revealBytes()]
        {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: part)
        }
        digest = Array(hash.finalize())
    }
}
