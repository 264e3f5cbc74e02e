/// A kind of record, such as `authorization_code`. The module that owns it chooses the name: a lower-case letter, then at
/// most 62 lower-case letters, digits or underscores.
public struct RecordKind: Sendable, Hashable {
    /// The kind as text.
    public let rawValue: String

    /// Reads a kind. Returns nil for anything that is not one.
    public init?(_ text: String) {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 63,
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        else { return nil }
        rawValue = text
    }
}

extension RecordKind: ExpressibleByStringLiteral {
    /// A kind written in source code.
    ///
    /// - Precondition: The literal is a kind; a wrong one is a mistake in the program, found at its first run.
    public init(stringLiteral literal: String) {
        guard let kind = RecordKind(literal) else {
            preconditionFailure("'\(literal)' is not a record kind: a lower-case letter, then [a-z0-9_], at most 63.")
        }
        self = kind
    }
}

extension RecordKind: CustomStringConvertible {
    /// The kind as text.
    public var description: String { rawValue }
}
