import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The channel of one connection: from its bytes to requests, one at a time, and back.
struct ConnectionChannel: ServerChildChannel, HTTPChannelHandler {
    let responder: HTTPChannelHandler.Responder
    let limits: ConnectionLimits
    /// Whether TLS comes first.
    let isSecure: Bool
    let refusals: ConnectionRefusals
    /// Handlers of NIO's HTTP/1 messages between the connection and the responder. They get one request at a time.
    let handlers: @Sendable (PlaceHandover) -> [any RemovableChannelHandler]

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<ServedConnection> {
        channel.eventLoop.makeCompletedFuture {
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
