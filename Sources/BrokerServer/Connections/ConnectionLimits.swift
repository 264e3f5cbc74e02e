import NIOCore

/// What one connection may take: time, memory, and the size of a request.
struct ConnectionLimits: Sendable, Hashable {
    /// The longest time without any part of a request.
    var idleTime = TimeAmount.seconds(30)
    /// The longest time from the first byte of a request head to its last.
    var headTime = TimeAmount.seconds(10)
    /// The longest time from the end of a request head to the end of the body.
    var bodyTime = TimeAmount.seconds(10)
    /// The longest time that a client may take to receive an answer.
    var answerTime = TimeAmount.seconds(20)
    /// How long a connection that has been closed on our side waits for the client to close it, so that the last answer
    /// is not lost to a reset (RFC 9112 §9.6).
    var lingerTime = TimeAmount.seconds(2)
    /// The longest time that a request may take to arrive, or its answer to be received, once the server is shut down.
    var drainTime = TimeAmount.seconds(3)
    /// How long a connection without a request lives on once the server is shut down. A request may be on its way, from
    /// somebody who does not know yet; others are not accepted any more.
    var drainIdleTime = TimeAmount.seconds(1)

    /// The longest request body, in bytes.
    var bodySize = 64 * 1024
    /// How long the framing of a chunked body may be, in bytes: size lines, extensions and trailers. A quarter of the body may
    /// come on top.
    var chunkOverhead = 4 * 1024
    /// The longest field of a request head, in bytes; the same for the request target.
    var fieldSize = 16 * 1024
    /// The longest request head, in bytes.
    var headSize = 32 * 1024
    /// The most fields in a request head.
    var fieldCount = 100
    /// How much is kept of what a client sends beyond the request that is being answered, in bytes. With more the
    /// connection ends after that answer.
    var pipelineSize = 64 * 1024
    /// How many requests in a row are taken out of bytes that came with an earlier one; the connection ends with the answer
    /// to the last (RFC 9112 §9.3.2). An event loop that always finds another request in memory looks at no other
    /// connection.
    var pipelineDepth = 8
    /// How much of an answer waits in memory before no more is written, in bytes; and how little before more is.
    var writeBufferSize = 16 * 1024
    var writeBufferRest = 4 * 1024
}
