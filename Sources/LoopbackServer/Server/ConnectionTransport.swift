import NIOCore
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
