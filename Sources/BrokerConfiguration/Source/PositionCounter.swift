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
