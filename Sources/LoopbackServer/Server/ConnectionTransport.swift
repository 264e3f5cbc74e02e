import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One connection's outgoing side, and the ways to end it.
struct ConnectionTransport: Sendable {
    /// The name of the TLS handler in the pipeline, if there is one.
    static let tlsHandlerName = "tls"
    /// The names of the handlers that turn bytes into requests.
    static let requestHandlerNames = ["decoder", "assembler"]

    let channel: any Channel

    /// Writes, and returns when the kernel has accepted all of it, which provides backpressure.
    func write(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    func close() async {
        // A failure to close means that it is closed.
        try? await channel.close().get()
    }

    func closeWithoutNotify() async {
        try? await startCloseWithoutNotify().get()
    }

    func reset() async {
        try? await startReset().get()
    }

    /// Closes below the TLS handler, which therefore cannot send `close_notify`.
    @discardableResult
    func startCloseWithoutNotify() -> EventLoopFuture<Void> {
        channel.eventLoop.flatSubmit {
            guard let tls = try? channel.pipeline.syncOperations.context(name: Self.tlsHandlerName) else {
                return channel.close()
            }
            return tls.close()
        }
    }

    /// A linger time of zero makes close(2) send a RST instead of a FIN (socket(7), SO_LINGER).
    @discardableResult
    func startReset() -> EventLoopFuture<Void> {
        let lingering = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        return (lingering ?? channel.eventLoop.makeSucceededVoidFuture()).flatMap { startCloseWithoutNotify() }
    }
}

extension ConnectionTransport {
    /// Connects to a port of 127.0.0.1, answers 200, and forwards bytes in both directions until either side is closed,
    /// which closes the other. Answers 502 if it cannot connect.
    func tunnel(to port: Int) async throws {
        let (near, far) = TunnelEnd.pair()
        let connecting = ClientBootstrap(group: channel.eventLoop)
            .channelInitializer { peer in
                peer.eventLoop.makeCompletedFuture { try peer.pipeline.syncOperations.addHandler(far) }
            }
            .connect(host: "127.0.0.1", port: port)
        guard let peer = try? await connecting.get() else {
            return try await write(ServerResponse(status: 502).head)
        }
        // Requests are parsed only up to here: the client sends nothing until it has the answer.
        for name in Self.requestHandlerNames { try await channel.pipeline.removeHandler(name: name).get() }
        try await channel.pipeline.addHandler(near).get()
        try await write(Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8))
        try await peer.closeFuture.get()
    }
}

/// One end of a tunnel: input here becomes output at the other end. Both ends are on one event loop.
// Unchecked: only the single event loop of both channels accesses an end.
private final class TunnelEnd: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private weak var other: TunnelEnd?
    private var context: ChannelHandlerContext?

    static func pair() -> (near: TunnelEnd, far: TunnelEnd) {
        let (near, far) = (TunnelEnd(), TunnelEnd())
        near.other = far
        far.other = near
        return (near, far)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other?.context?.writeAndFlush(data, promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other?.context?.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
