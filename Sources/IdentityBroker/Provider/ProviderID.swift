/// The id of a provider instance, such as `wxapp` or `wxapp-staging`.
///
/// It appears in URLs, metric labels and configuration keys: a lower-case letter, then up to 62 lower-case letters,
/// digits or hyphens.
public struct ProviderID: Sendable, Hashable {
    /// The id as text.
    public let rawValue: String

    /// Parses an id. Returns nil for an invalid one.
    public init?(_ text: String) {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 63,
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        rawValue = text
    }
}

extension ProviderID: ExpressibleByStringLiteral {
    /// An id written in source code.
    ///
    /// - Precondition: The literal is a valid id; an invalid one is a programming error that shows at the first run.
    public init(stringLiteral literal: String) {
        guard let id = ProviderID(literal) else {
            preconditionFailure("'\(literal)' is not a provider id: a lower-case letter, then [a-z0-9-], at most 63.")
        }
        self = id
    }
}

extension ProviderID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}
