import Crypto

/// Who asks for a login, as the embedding app tells its callers apart: an address, a client's id, a session.
///
/// It serves to limit the rate of one caller and nothing else. Only a SHA-256 digest is kept, in memory, and it appears in
/// no log, metric or audit event.
public struct CallerKey: Sendable, Hashable {
    private let digest: [UInt8]

    /// Makes a key of any text.
    public init(_ text: String) {
        digest = Array(SHA256.hash(data: Array(text.utf8)))
    }
}
