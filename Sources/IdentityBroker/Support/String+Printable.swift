extension Unicode.Scalar {
    /// Whether a terminal, an editor or a log viewer shows it and does nothing else: it neither breaks the line nor moves the
    /// cursor nor reorders what is beside it. The joiners that scripts and emoji need are printable.
    package var isPrintable: Bool {
        // Apart, because a look into Unicode's tables costs more than all the rest of a message.
        if value < 0x7F { return value >= 0x20 }
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        case .format: self == "\u{200C}" || self == "\u{200D}"
        default: true
        }
    }
}

extension String {
    /// The text with an escape for each character that is not printable, for a message that quotes what others wrote: an
    /// argument, the name of a file, the answer of an upstream.
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

    /// The text with each of its lines ``printable``. The lines have to be the program's own: what others wrote goes in
    /// printable.
    package var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}
