/// A place in a configuration file.
public struct SourcePosition: Sendable, Hashable {
    /// The line, counted from 1.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars.
    public let column: Int

    /// The first place of a file.
    static let start = SourcePosition(line: 1, column: 1)
}

extension SourcePosition: Comparable {
    /// Whether one place comes before another.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition: CustomStringConvertible {
    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
