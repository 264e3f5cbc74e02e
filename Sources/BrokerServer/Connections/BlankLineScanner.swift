import NIOCore

/// Finds where a request without a body may end: after a blank line.
///
/// The end of a line is a line feed, with or without a carriage return before it (RFC 9112 §2.2). In a body it may find
/// blank lines that end nothing.
struct BlankLineScanner: Sendable, Hashable {
    private var isAtLineStart = true

    /// How many of the bytes there are to the end of the first blank line; all of them if there is none. Bytes that follow
    /// go on where these end.
    mutating func lengthToBlankLine(in bytes: ByteBuffer) -> Int {
        bytes.withUnsafeReadableBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case UInt8(ascii: "\n"):
                    if isAtLineStart { return index + 1 }
                    isAtLineStart = true
                case UInt8(ascii: "\r"): break
                default: isAtLineStart = false
                }
            }
            return bytes.count
        }
    }
}
