/// The overhead of a chunked body: size lines, chunk extensions and trailers, whose length RFC 9112 §7.1.1 asks
/// recipients to limit.
///
/// Decoding a chunk costs about as much as decoding a request head, however short the chunk is. So the allowed overhead
/// is a fixed number of bytes plus a quarter of the body: chunks of 20 bytes or more always pass.
struct ChunkOverhead: Sendable, Hashable {
    private let allowance: Int
    private var received = 0
    private var body = 0

    /// - Parameter allowance: The overhead in bytes that is fine for any body.
    init(allowance: Int) {
        self.allowance = allowance
    }

    /// Whether the overhead is excessive.
    var isExcessive: Bool { received - body > allowance + body / 4 }

    /// Records that this many bytes arrived after the head.
    mutating func receive(_ count: Int) {
        received += count
    }

    /// Records that this many of them belonged to the body.
    mutating func takeBody(_ count: Int) {
        body += count
    }
}
