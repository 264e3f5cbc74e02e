import Crypto

/// Who requests a login, as the embedding app tells its callers apart: by address, client id or session.
///
/// It only serves to limit the rate per caller. Just a SHA-256 digest is kept, in memory, and it appears in no log,
/// metric or audit event.
public struct CallerKey: Sendable, Hashable {
    private let digest: [UInt8]

    /// Makes a key from any text.
    public init(_ text: String) {
        digest = Array(SHA256.hash(data: Array(text.utf8)))
    }
}
