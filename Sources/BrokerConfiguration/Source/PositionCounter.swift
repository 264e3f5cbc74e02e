/// Says where one is in a text that is gone through scalar by scalar, by YAML's count of lines (YAML 1.1 §5.4).
struct PositionCounter {
    /// Where the next scalar stands; of CR LF, which ends one line, the LF counts as standing behind it.
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
