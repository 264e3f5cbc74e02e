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
