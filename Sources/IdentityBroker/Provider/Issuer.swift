/// Who vouches for a person: the namespace that a subject is unique in.
///
/// Stable for ever: changing it re-keys every account. It is usually a URL, but any text without white space or control
/// characters of at most 255 bytes will do (the bound that OpenID Connect Core §2 sets on a subject).
public struct Issuer: Sendable, Hashable {
    /// The issuer as text, compared byte by byte.
    public let rawValue: String

    /// Reads an issuer. Returns nil for anything that is not one.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
    }
}

extension Issuer: CustomStringConvertible {
    /// The issuer as text.
    public var description: String { rawValue }
}
