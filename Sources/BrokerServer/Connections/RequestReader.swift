import NIOCore
import NIOHTTP1

/// Reads requests from a connection's bytes, one at a time: what follows a request stays undecoded, and the socket is
/// not read, until ``resume()``.
///
/// NIO's decoder gets the bytes in pieces that end where a request may end, so that each produces at most one request.
/// The decoder stops for good at a request that offers another protocol, and is then replaced.
final class RequestReader: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Sent before the first part of a request, when its first bytes have arrived. Empty lines before it are ignored
    /// (RFC 9112 §2.2).
    struct RequestBegan {}

    private enum Mode {
        /// Bytes are decoded as they arrive.
        case reading
        /// A request is being answered.
        case paused
        /// Nothing more is decoded.
        case discarding
    }

    private static let chunkPieceSize = 1024

    private let limits: ConnectionLimits
    private var decoder: HTTPRequestDecoder
    private var context: ChannelHandlerContext?
    private var mode = Mode.reading
    /// Bytes not yet given to the decoder.
    private var held = ByteBuffer()
    /// Bytes given to the decoder, but not yet consumed.
    private var undecoded = ByteBuffer()
    private var scanner = BlankLineScanner()
    /// How many requests in a row were taken from bytes that arrived with an earlier one.
    private var pipelineDepth = 0
    /// How many bytes of a body of known length are still to come.
    private var bodyBytes = 0
    /// The overhead of a chunked body, while one is read.
    private var chunks: ChunkOverhead?
    /// How many bytes of the request were decoded.
    private(set) var requestBytes = 0
    private var isInRequest = false
    private var isDecoding = false
    private var replacesDecoder = false
    private var readIsPending = false
    private var inputHasEnded = false
    private var inputEndIsKnown = false

    init(_ limits: ConnectionLimits) {
        self.limits = limits
        decoder = Self.makeDecoder(limits)
    }

    private static func makeDecoder(_ limits: ConnectionLimits) -> HTTPRequestDecoder {
        var configuration = NIOHTTPDecoderLimitConfiguration()
        configuration.maxHeaderFieldSize = limits.fieldSize
        configuration.maxHeaderListSize = limits.headSize
        configuration.maxHeaderFieldCount = limits.fieldCount
        return HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: configuration)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        decoder.decoderAdded(context: context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        decoder.decoderRemoved(context: context)
        self.context = nil
    }

    // MARK: What the next handler decides

    /// Expects a body next.
    func expect(_ body: RequestFraming.Body) {
        switch body {
        case .bytes(let count): bodyBytes = count
        case .chunked: chunks = ChunkOverhead(allowance: limits.chunkOverhead)
        }
    }

    /// Records that this many bytes of the body were passed on.
    func didPassOn(bodyBytes count: Int) {
        chunks?.takeBody(count)
    }

    /// Whether the chunks decoded so far have too much overhead.
    var hasExcessiveChunks: Bool { chunks?.isExcessive ?? false }

    /// Stops after the request that has just ended.
    ///
    /// - Parameter offeredUpgrade: Whether the decoder may treat what follows as another protocol.
    func pause(offeredUpgrade: Bool) {
        isInRequest = false
        chunks = nil
        replacesDecoder = offeredUpgrade
        if mode == .reading { mode = .paused }
    }

    /// Whether the client has sent so many requests without waiting for answers that no more are accepted.
    var isPipelineFull: Bool { pipelineDepth >= limits.pipelineDepth }

    /// Accepts the next request.
    func resume() {
        guard mode == .paused, let context else { return }
        mode = .reading
        pipelineDepth = held.readableBytes > 0 ? pipelineDepth + 1 : 0
        decode(in: context)
    }

    /// Decodes nothing more, and waits for the client to close its side.
    func discard() {
        mode = .discarding
        held = ByteBuffer()
        context?.read()
    }

    // MARK: What the socket brings

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard mode != .discarding else { return }
        var bytes = unwrapInboundIn(data)
        if held.readableBytes == 0 { held = bytes } else { held.writeBuffer(&bytes) }
        decode(in: context)
        guard held.readableBytes > limits.pipelineSize else { return }
        // When the client closes its side, the system's buffer is emptied at once, regardless of demand.
        held = ByteBuffer()
        mode = .discarding
        tellInputEnd(in: context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if mode == .discarding { context.read() }
    }

    func read(context: ChannelHandlerContext) {
        guard mode == .paused || held.readableBytes > 0 else { return context.read() }
        readIsPending = true
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
        inputHasEnded = true
        if held.readableBytes == 0 { tellInputEnd(in: context) }
    }

    private func tellInputEnd(in context: ChannelHandlerContext) {
        guard !inputEndIsKnown else { return }
        inputEndIsKnown = true
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    // MARK: Decoding

    private func decode(in context: ChannelHandlerContext) {
        // The answer to a request may be written while its last part is passed on, and asks for the next request.
        guard !isDecoding else { return }
        isDecoding = true
        var hasDecoded = false
        while mode == .reading, held.readableBytes > 0 {
            hasDecoded = true
            decodePiece(in: context)
        }
        isDecoding = false
        if hasDecoded { context.fireChannelReadComplete() }
        // Free the memory: most connections wait most of the time.
        if undecoded.readableBytes == 0 { undecoded = ByteBuffer() }
        guard held.readableBytes == 0 else { return }
        held = ByteBuffer()
        if inputHasEnded {
            tellInputEnd(in: context)
        } else if mode == .reading, readIsPending {
            readIsPending = false
            context.read()
        }
    }

    /// The decoder's next piece: up to where a request may end.
    private func takePiece() -> ByteBuffer? {
        if bodyBytes > 0 {
            let length = min(bodyBytes, held.readableBytes)
            bodyBytes -= length
            return held.readSlice(length: length)
        }
        guard chunks != nil else { return held.readSlice(length: scanner.lengthToBlankLine(in: held)) }
        // Short pieces, so that little is decoded beyond the limit.
        let length = min(held.readableBytes, Self.chunkPieceSize)
        let piece = held.getSlice(at: held.readerIndex, length: length).flatMap { bytes in
            held.readSlice(length: scanner.lengthToBlankLine(in: bytes))
        }
        chunks?.receive(piece?.readableBytes ?? 0)
        return piece
    }

    private func decodePiece(in context: ChannelHandlerContext) {
        if !isInRequest {
            held.skipLineBreaks()
            guard held.readableBytes > 0 else { return }
            isInRequest = true
            requestBytes = 0
            context.fireUserInboundEventTriggered(RequestBegan())
        }
        guard var piece = takePiece() else { return }
        requestBytes += piece.readableBytes
        guard !scanner.requestLine.hasExtraSpace else {
            return stop(for: RequestRefusal.unreadable, in: context)
        }
        if undecoded.readableBytes == 0 { undecoded = piece } else { undecoded.writeBuffer(&piece) }
        // The parser refuses an unknown method at its first wrong byte, before it is known to be one.
        guard !scanner.isInMethod else { return }
        do {
            _ = try decoder.decode(context: context, buffer: &undecoded)
        } catch {
            stop(for: reason(of: error), in: context)
        }
        if hasExcessiveChunks, mode == .reading { context.fireErrorCaught(RequestRefusal.excessiveChunks) }
        if !isInRequest { scanner = BlankLineScanner() }
        guard replacesDecoder else { return }
        replacesDecoder = false
        decoder.decoderRemoved(context: context)
        decoder = Self.makeDecoder(limits)
        decoder.decoderAdded(context: context)
        undecoded = ByteBuffer()
    }

    /// Decodes nothing more because of an error.
    private func stop(for error: any Error, in context: ChannelHandlerContext) {
        mode = .discarding
        held = ByteBuffer()
        context.fireErrorCaught(error)
    }

    /// What an error of the parser means.
    private func reason(of error: any Error) -> any Error {
        switch error {
        // The parser takes a lone line feed at the end of the request line for a part of the version.
        case HTTPParserError.invalidVersion where scanner.firstLineLacksReturn: HTTPParserError.lfExpected
        case HTTPParserError.invalidMethod where scanner.requestLine.hasMethod: RequestRefusal.unsupportedMethod
        default: error
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func skipLineBreaks() {
        while let byte = getInteger(at: readerIndex, as: UInt8.self),
            byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
        {
            moveReaderIndex(forwardBy: 1)
        }
    }
}
