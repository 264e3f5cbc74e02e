extension Unicode.Scalar {
    /// Whether a terminal, an editor or a log viewer simply displays it: it neither breaks the line, nor moves the
    /// cursor, nor reorders its surroundings. Joiners that scripts and emoji need are printable.
    package var isPrintable: Bool {
        // First, because Unicode lookups cost more than the rest of a message.
        if value < 0x7F { return value >= 0x20 }
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        case .format: self == "\u{200C}" || self == "\u{200D}"
        default: true
        }
    }
}

extension String {
    /// The text with an escape for each non-printable character, for messages that quote foreign text: an argument, a
    /// file name, an upstream's answer.
    package var printable: String {
        guard !unicodeScalars.allSatisfy(\.isPrintable) else { return self }
        return unicodeScalars.reduce(into: "") { result, scalar in
            if scalar.isPrintable {
                result.unicodeScalars.append(scalar)
            } else {
                result += scalar.escaped(asASCII: true)
            }
        }
    }

    /// The text with each of its lines ``printable``. The line breaks must be the program's own: foreign text in it
    /// must already be printable.
    package var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}
