import Crypto
public import Foundation

/// Identifies a one-time credential in a store without containing it: a SHA-256 digest, scoped by issuer and kind. A
/// redirect flow has keys of its own.
public struct OneTimeKey: Sendable, Hashable {
    /// The 32 bytes of the digest.
    public let digest: [UInt8]

    /// Wraps a digest that was made before.
    package init(digest: [UInt8]) {
        self.digest = digest
    }

    /// Digests the credential.
    ///
    /// Of an ID token, header and payload count: an ECDSA signature has a second spelling that anyone can compute
    /// (negate its `s`), and both are the same token.
    init(issuer: Issuer, credential: Credential) {
        var text = KeyText(capacity: 128 + credential.value.byteCount)
        text.append(issuer.rawValue.utf8)
        text.append(credential.kind.rawValue.utf8)
        let value = credential.value.revealBytes()
        let end = credential.kind == .idToken ? value.lastIndex(of: UInt8(ascii: ".")) : nil
        text.append(value[..<(end ?? value.endIndex)])
        digest = text.digest
    }

    /// Digests the state of a redirect flow: more parts than a credential has, so no credential has this key.
    init(stateOf flow: RedirectFlow) {
        digest = KeyText(of: flow, "state").digest
    }

    /// Digests the state of a redirect flow together with the code that answers it.
    init(binding flow: RedirectFlow, to code: Secret) {
        var text = KeyText(of: flow, "binding")
        text.append(code.revealBytes())
        digest = text.digest
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

/// What a key is the digest of: its parts, each prefixed with its length, so that no two lists of parts collide.
private struct KeyText {
    private var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    init(of flow: RedirectFlow, _ purpose: String) {
        self.init(capacity: 256)
        append("redirect".utf8)
        append(purpose.utf8)
        append(flow.provider.rawValue.utf8)
        append(flow.state.revealBytes())
    }

    mutating func append(_ part: some Collection<UInt8>) {
        withUnsafeBytes(of: UInt64(part.count).bigEndian) { bytes += $0 }
        bytes += part
    }

    var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
