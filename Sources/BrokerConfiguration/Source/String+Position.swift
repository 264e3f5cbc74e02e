extension String {
    /// The scalar at a place, by YAML's count of lines (YAML 1.1 §5.4).
    func scalar(at position: SourcePosition) -> Unicode.Scalar? {
        var line = 1
        var column = 1
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            let endsCRLF = previous == "\r" && scalar == "\n"
            if line == position.line, column == position.column, !endsCRLF { return scalar }
            if endsCRLF {
                // The carriage return has ended the line already.
            } else if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
                line += 1
                column = 1
            } else {
                column += 1
            }
            previous = scalar
        }
        return nil
    }
}
