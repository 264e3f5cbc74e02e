import NIOCore
import NIOSSL

/// Comes after TLS, and lets a client close its side as in clear text: complete requests are still answered.
///
/// Without `close_notify`, NIOSSL reports an error, which would stop the reading of requests. Whether something is
/// missing follows from a request's framing (RFC 9112 §9.8): a truncated one is refused as such.
final class HalfClosureHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case NIOSSLError.uncleanShutdown = error { return }
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        // If the client has sent `close_notify`, NIOSSL writes its own and closes at once, which would drop an answer
        // that is still being flushed.
        context.eventLoop.assumeIsolated().execute { context.close(mode: .output, promise: promise) }
    }
}
