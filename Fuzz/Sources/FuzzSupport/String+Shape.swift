extension String {
    /// Whether there is anything, and nothing but printable ASCII without the space: `VCHAR` of RFC 5234.
    public var isVisibleASCII: Bool {
        !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether a terminal or a log shows this as the line of text that it is: nothing that steers, and no other line.
    public var isOneVisibleLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// Whether both consist of the same bytes, which `==` does not ask for.
    public func isIdentical(to other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Whether the bytes of the other text stand in this one. Not by characters, of which a mark makes others.
    public func holds(_ text: String) -> Bool {
        !Array(utf8).places(of: text).isEmpty
    }
}
