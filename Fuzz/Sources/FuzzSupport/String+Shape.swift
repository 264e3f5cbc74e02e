extension String {
    /// Whether the text is not empty and all of it is visible ASCII: `VCHAR` of RFC 5234.
    public var isVisibleASCII: Bool {
        !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether a terminal or a log shows this as one line of text: no control characters and no line breaks.
    public var isOneVisibleLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// Whether both consist of the same bytes, which `==` does not check.
    public func isIdentical(to other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Whether this text contains the bytes of the other. Not by characters: a combining mark changes the character
    /// before it.
    public func holds(_ text: String) -> Bool {
        !Array(utf8).places(of: text).isEmpty
    }
}
