/// A position in a configuration file.
public struct SourcePosition: Sendable, Hashable {
    /// The line, starting at 1.
    public let line: Int
    /// The column, starting at 1, in Unicode scalars.
    public let column: Int

    /// The first position of a file.
    static let start = SourcePosition(line: 1, column: 1)
}

extension SourcePosition: Comparable {
    /// Whether one position comes before another.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition: CustomStringConvertible {
    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
