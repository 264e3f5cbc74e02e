import Hummingbird
import HummingbirdCore
import IdentityBroker
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL

/// The channel of one connection: from its bytes to requests, one at a time, and back.
struct ConnectionChannel: ServerChildChannel, HTTPChannelHandler {
    let responder: HTTPChannelHandler.Responder
    let limits: ConnectionLimits
    /// Knows which peers are trusted proxies.
    let governor: ConnectionGovernor
    /// Whether TLS comes first.
    let isSecure: Bool
    let refusals: ConnectionRefusals
    /// Handlers of NIO's HTTP/1 messages between the connection and the responder. They get one request at a time.
    let handlers: @Sendable (PlaceHandover) -> [any RemovableChannelHandler]

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<ServedConnection> {
        channel.eventLoop.makeCompletedFuture {
            let limits = limits.applied(to: governor.peer(of: channel))
            let options = channel.syncOptions
            try options?.setOption(
                .writeBufferWaterMark,
                value: ChannelOptions.Types.WriteBufferWaterMark(
                    low: limits.writeBufferRest, high: limits.writeBufferSize))
            // Of data that was not requested yet, read only what fits here.
            try options?.setOption(.maxMessagesPerRead, value: 1)
            try options?.setOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 16 * 1024)
            )
            let reader = RequestReader(limits)
            let handler = ConnectionHandler(
                limits, reader: reader, refusals: refusals, at: channel.eventLoop.now)
            var encoding = HTTPResponseEncoder.Configuration()
            encoding.automaticallySetFramingHeaders = false
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTPResponseEncoder(configuration: encoding))
            try pipeline.addHandler(reader)
            try pipeline.addHandler(handler)
            let places = PlaceHandover()
            try pipeline.addHandlers(handlers(places))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: isSecure))
            let messages = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
            )
            return ServedConnection(messages) { messages in
                await PlaceHandover.$current.withValue(places) {
                    await handleHTTP(asyncChannel: messages, logger: logger)
                }
            }
        }
    }

    func handle(value: ServedConnection, logger: Logger) async {
        await value.run()
    }
}

/// A channel over TLS, with the certificate in use when its connection is made.
///
/// A client may close its side, with or without `close_notify`, and still gets the answers to the requests that it
/// sent.
struct SecureChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let certificate: ServingCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers(
                [NIOSSLServerHandler(context: certificate.context), HalfClosureHandler()])
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

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

/// A connection whose requests are answered.
///
/// A server that is shut down forgets connections that it has just accepted, though their clients wait for an answer.
/// NIO ends the process if a forgotten channel was never used. So a forgotten connection serves itself.
final class ServedConnection: ServerChildChannelValue {
    typealias Messages = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let channel: any Channel

    private let messages: Messages
    /// Answers requests until the connection is closed.
    private let serve: @Sendable (Messages) async -> Void
    private let isServed = Locked(false)

    init(_ messages: Messages, serve: @escaping @Sendable (Messages) async -> Void) {
        self.messages = messages
        self.serve = serve
        channel = messages.channel
    }

    deinit {
        guard !isServed.withLock({ $0 }) else { return }
        Task { [messages, serve] in await serve(messages) }
    }

    /// Answers its requests until it is closed.
    func run() async {
        isServed.withLock { $0 = true }
        await serve(messages)
    }
}
