import LoopbackServer
import NIOCore
import NIOSSL

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Records what arrives over a connection and how the connection ends.
final class RawReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let reading: Monitor<RawReading>

    init(reading: Monitor<RawReading>) {
        self.reading = reading
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        reading.withState { $0.bytes.append(contentsOf: bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        reading.withState { $0.finish(.closed) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let end: ConnectionEnd =
            switch error {
            case let error as IOError where error.errnoCode == ECONNRESET: .reset
            case NIOSSLError.uncleanShutdown: .truncated
            default: .failed("\(error)")
            }
        reading.withState { $0.finish(end) }
        context.close(promise: nil)
    }
}
