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

/// Tracks the position in a text while it is traversed scalar by scalar, by YAML's definition of lines (YAML 1.1 §5.4).
struct PositionCounter {
    /// The position of the next scalar; in a CR LF, which ends one line, the LF has the position of the next line's
    /// start.
    private(set) var position = SourcePosition.start

    private var previous: Unicode.Scalar?

    mutating func pass(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\n" where previous == "\r":
            break
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
            position = SourcePosition(line: position.line + 1, column: 1)
        default:
            position = SourcePosition(line: position.line, column: position.column + 1)
        }
        previous = scalar
    }
}

extension String {
    /// The scalar at a position; at the start of a line after CR LF, the one after both.
    func scalar(at position: SourcePosition) -> Unicode.Scalar? {
        var counter = PositionCounter()
        var found: Unicode.Scalar?
        for scalar in unicodeScalars {
            if counter.position > position { break }
            if counter.position == position { found = scalar }
            counter.pass(scalar)
        }
        return found
    }
}
