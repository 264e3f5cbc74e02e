import NIOCore

/// Finds where a request without a body may end: after a blank line.
///
/// A line ends with a line feed, with or without a carriage return before it (RFC 9112 §2.2). In a body, it may report
/// blank lines that end nothing.
struct BlankLineScanner: Sendable, Hashable {
    private var isAtLineStart = true
    private var followsReturn = false
    private var isInFirstLine = true
    /// Whether the first line that is not blank ended in a line feed without a carriage return before it.
    private(set) var firstLineLacksReturn = false

    /// The number of bytes up to the end of the first blank line; all of them if there is none. The next bytes continue
    /// where these end.
    mutating func lengthToBlankLine(in bytes: ByteBuffer) -> Int {
        bytes.withUnsafeReadableBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case UInt8(ascii: "\n"):
                    let isBlank = isAtLineStart
                    if isInFirstLine, !isBlank {
                        firstLineLacksReturn = !followsReturn
                        isInFirstLine = false
                    }
                    (isAtLineStart, followsReturn) = (true, false)
                    if isBlank { return index + 1 }
                case UInt8(ascii: "\r"): followsReturn = true
                default: (isAtLineStart, followsReturn) = (false, false)
                }
            }
            return bytes.count
        }
    }
}
