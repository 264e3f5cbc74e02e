import NIOCore
import NIOSSL

/// Stands behind TLS, and lets a client end its side as it may in clear text: requests that have come in full are answered.
///
/// Without `close_notify` NIOSSL reports an error, at which whoever reads requests would stop. Whether something is missing is
/// told by how a request is framed (RFC 9112 §9.8): one that is cut off is refused as such.
final class HalfClosureHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case NIOSSLError.uncleanShutdown = error { return }
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        // Where the client has sent `close_notify`, NIOSSL writes its own and closes at once. While the answer before is being
        // flushed, that would be dropped.
        context.eventLoop.assumeIsolated().execute { context.close(mode: .output, promise: promise) }
    }
}
