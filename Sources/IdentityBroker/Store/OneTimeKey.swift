import Crypto
public import Foundation

/// Identifies a one-time credential in a store without containing it: a SHA-256 digest, scoped by issuer and kind.
public struct OneTimeKey: Sendable, Hashable {
    /// The 32 bytes of the digest.
    public let digest: [UInt8]

    /// Wraps a digest that was made before.
    package init(digest: [UInt8]) {
        self.digest = digest
    }

    /// Digests the credential. Each part is prefixed with its length, so that no two triples collide.
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

    /// Eight bytes of a uniform digest suffice.
    public func hash(into hasher: inout Hasher) {
        digest.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.prefix(8))) }
    }
}

/// One login's hold on a one-time credential.
public struct OneTimeReservation: Sendable, Hashable {
    /// The credential.
    public let key: OneTimeKey
    /// The login. A late release by one login must not undo another's reservation.
    public let login: UUID
    /// When the store may forget it.
    public let expiry: Date

    /// Makes a reservation.
    public init(key: OneTimeKey, login: UUID, expiry: Date) {
        self.key = key
        self.login = login
        self.expiry = expiry
    }
}

/// What a login does with the credential that it reserved.
public enum OneTimeOutcome: String, Sendable, Hashable {
    /// It may have left: never again.
    case spent
    /// No byte of it can have left: it may be presented again.
    case released
}
