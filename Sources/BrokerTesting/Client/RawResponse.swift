package import LoopbackServer

/// A response parsed from the bytes of a connection.
package struct RawResponse: Sendable, Hashable {
    package let status: Int
    package let headers: [HeaderField]
    /// Everything after the header section, whatever its framing.
    package let body: String

    /// Parses a response from these bytes; nil if they contain no complete header section.
    package init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count > 1, let status = Int(statusLine[1]) else { return nil }
        self.status = status
        self.headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
            return HeaderField(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        self.body = String(text[end.upperBound...])
    }
}
