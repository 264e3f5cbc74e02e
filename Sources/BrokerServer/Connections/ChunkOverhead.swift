/// How much of a chunked body is not the body: size lines, chunk extensions and trailers, of which RFC 9112 §7.1.1 asks
/// recipients to limit the length.
///
/// Each chunk costs about as much as a request head to decode, however short it is. So what frames a body may be a fixed
/// number of bytes, and a quarter of the body: chunks of 20 bytes and more are always fine.
struct ChunkOverhead: Sendable, Hashable {
    private let allowance: Int
    private var received = 0
    private var body = 0

    /// - Parameter allowance: How many bytes are fine however short the body is.
    init(allowance: Int) {
        self.allowance = allowance
    }

    /// Whether there is too much.
    var isExcessive: Bool { received - body > allowance + body / 4 }

    /// So many bytes have come after the head.
    mutating func receive(_ count: Int) {
        received += count
    }

    /// So many of them turned out to be the body's own.
    mutating func takeBody(_ count: Int) {
        body += count
    }
}
