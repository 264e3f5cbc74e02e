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
    /// What the first line that is not blank says so far.
    private(set) var requestLine = RequestLineScanner()
    /// Whether more of the request's method may follow.
    var isInMethod: Bool { isInFirstLine && requestLine.isInMethod }

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
                case UInt8(ascii: "\r"):
                    takeReturn()
                    followsReturn = true
                default:
                    takeReturn()
                    if isInFirstLine { requestLine.take(byte) }
                    (isAtLineStart, followsReturn) = (false, false)
                }
            }
            return bytes.count
        }
    }

    /// Counts a carriage return that ends no line as a part of the request line.
    private mutating func takeReturn() {
        if followsReturn, isInFirstLine { requestLine.take(UInt8(ascii: "\r")) }
    }
}

/// Finds what NIO's parser does not report about a request line, which is `method SP request-target SP HTTP-version`
/// (RFC 9112 §3).
struct RequestLineScanner: Sendable, Hashable {
    private static let mostMethodBytes = 32

    private var methodBytes = 0
    private var spaces = 0
    private var followsSpace = true
    private var methodIsToken = true
    /// Whether a space is not one of the two that separate the parts: others may divide such a line differently.
    private(set) var hasExtraSpace = false

    /// Whether the line begins with a method of up to 32 bytes, known to the parser or not.
    var hasMethod: Bool { spaces > 0 && methodIsToken }

    /// Whether more of such a method may follow.
    var isInMethod: Bool { spaces == 0 && methodIsToken }

    /// Takes the next byte, other than the end of the line.
    mutating func take(_ byte: UInt8) {
        if byte == UInt8(ascii: " ") {
            spaces += 1
            if followsSpace || spaces > 2 { hasExtraSpace = true }
        } else if spaces == 0 {
            methodBytes += 1
            if methodBytes > Self.mostMethodBytes || !Self.isTokenCharacter(byte) { methodIsToken = false }
        }
        followsSpace = byte == UInt8(ascii: " ")
    }

    /// RFC 9110 §5.6.2.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
