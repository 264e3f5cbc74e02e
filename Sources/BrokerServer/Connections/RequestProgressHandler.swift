import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells the governor when a connection has a complete request, and when it is idle again.
///
/// Stands where requests have been decoded, in front of whatever answers them. Where nothing governs the connection it does
/// nothing.
final class RequestProgressHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var connection: GovernedConnectionHandler?
    /// How many requests have been read completely.
    private var readCount = 0
    /// How many have been answered; an answer may come before its request is complete.
    private var answeredCount = 0

    func handlerAdded(context: ChannelHandlerContext) {
        connection = try? context.pipeline.syncOperations.handler(type: GovernedConnectionHandler.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) {
            readCount += 1
            if let connection, readCount == answeredCount + 1 { connection.governor.beginRequest(on: connection.id) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            answeredCount += 1
            if let connection, readCount == answeredCount { connection.governor.endRequest(on: connection.id) }
        }
        context.write(data, promise: promise)
    }
}
