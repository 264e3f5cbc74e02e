/// Why a text cannot be a client's secret.
package enum ClientSecretFlaw: Sendable, Hashable {
    /// It could be guessed.
    case tooShort
    /// It contains something other than printable ASCII, which no client can send (RFC 6749 App. A.2).
    case notPrintableASCII

    /// How many secrets a client may have.
    package static let mostSecrets = 8
    /// The minimum length of a secret in bytes.
    package static let minimumBytes = 16

    /// Finds the first flaw.
    package init?(in secret: Secret) {
        if secret.byteCount < Self.minimumBytes {
            self = .tooShort
        } else if !secret.revealBytes().allSatisfy({ (0x20...0x7E).contains($0) }) {
            self = .notPrintableASCII
        } else {
            return nil
        }
    }
}
