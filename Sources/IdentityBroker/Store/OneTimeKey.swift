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
        var text: [UInt8] = []
        text.reserveCapacity(128 + credential.value.byteCount)
        func append(_ part: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { text += $0 }
            text += part
        }
        append(issuer.rawValue.utf8)
        append(credential.kind.rawValue.utf8)
        append(credential.value.revealBytes())
        digest = Array(SHA256.hash(data: text))
    }

    /// Feeds the hasher part of the digest: what is as even as that spreads no better for more.
    public func hash(into hasher: inout Hasher) {
        digest.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.prefix(8))) }
    }
}
