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

    /// Whether it can name a client or a resource server: 1 to 255 characters of visible ASCII.
    package var isVisibleASCIIName: Bool {
        (1...255).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

// StrictJSON has the same for itself. Called across modules it is not inlined, and a login takes 2,000 instructions more.
extension String {
    /// Whether both texts are the same bytes, which `==` does not compare.
    func isIdentical(to other: String) -> Bool {
        let (bytes, otherBytes) = (utf8.span, other.utf8.span)
        guard bytes.count == otherBytes.count else { return false }
        for index in bytes.indices where bytes[index] != otherBytes[index] {
            return false
        }
        return true
    }
}

extension Substring {
    /// The text without the optional white space of HTTP around it (RFC 9110 §5.6.3).
    package func trimmingSpace() -> Substring {
        // Byte by byte: as a character, a space may include what follows it.
        var bytes = utf8
        while let last = bytes.last, last.isSpace { bytes.removeLast() }
        return Substring(bytes.drop { $0.isSpace })
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Sequence<UInt8> {
    /// The bytes in lower-case hexadecimal, two digits each.
    package var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
