import NIOCore

/// Resets the connection when the first bytes arrive.
final class FirstBytesResetter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        ConnectionTransport(channel: context.channel).startReset()
    }
}
