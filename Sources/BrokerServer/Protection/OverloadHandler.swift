import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Turns requests away on the event loop, before anything is made for them.
///
/// Further on a request has a task, an id, a place in a trace and a line in the log. Where most requests are turned away,
/// those would cost more than the answers to the others. What is turned away here is counted, and has none of them.
final class OverloadHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request that is turned away once it was read to its end.
    private struct Refused {
        var bodyBytes = 0
        var endsConnection: Bool
    }

    private let overload: Overload
    private let mostBodyBytes: Int
    private let patience: TimeAmount
    /// How many requests were passed on and are not answered yet. They are answered one after the other.
    private var underWay = 0
    private var hasPlace = false
    private var refused: Refused?
    private var lastPassedOn: NIODeadline = .uptimeNanoseconds(0)

    /// - Parameters:
    ///   - overload: Has the places.
    ///   - mostBodyBytes: As much is read of a request that is turned away.
    ///   - patience: How long a connection lives on which nothing is passed on. Who closes it when it is idle sees nothing
    ///     else, and has to be forestalled: the client is told.
    init(_ overload: Overload, mostBodyBytes: Int, patience: TimeAmount) {
        self.overload = overload
        self.mostBodyBytes = mostBodyBytes
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        lastPassedOn = context.eventLoop.now
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard admits(head) else {
                let isLast = head.headerFields[.connection]?.lowercased() == "close"
                refused = Refused(endsConnection: isLast || context.eventLoop.now - lastPassedOn > patience)
                return
            }
            underWay += 1
            lastPassedOn = context.eventLoop.now
        case .body(let part):
            guard let bodyBytes = refused?.bodyBytes else { break }
            refused?.bodyBytes += part.readableBytes
            let isTooLong = bodyBytes + part.readableBytes > mostBodyBytes
            if isTooLong, bodyBytes <= mostBodyBytes { refuse(endingConnection: true, in: context) }
            return
        case .end:
            guard let refused else { break }
            self.refused = nil
            if refused.bodyBytes <= mostBodyBytes { refuse(endingConnection: refused.endsConnection, in: context) }
            return
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // What was never passed on is answered too, where it cannot be read as HTTP.
            underWay = max(0, underWay - 1)
            if underWay == 0 { leavePlace() }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leavePlace()
        context.fireChannelInactive()
    }

    /// A request behind others on the connection has the place of the first: its turn comes when theirs is over.
    private func admits(_ head: HTTPRequest) -> Bool {
        guard underWay == 0, !overload.needsNoPlace(head) else { return true }
        hasPlace = overload.reserve()
        return hasPlace
    }

    private func leavePlace() {
        guard hasPlace else { return }
        hasPlace = false
        overload.release()
    }

    private func refuse(endingConnection endsConnection: Bool, in context: ChannelHandlerContext) {
        var head = overload.refusal.head
        if endsConnection { head.headerFields[.connection] = "close" }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(overload.refusal.body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if endsConnection { context.close(promise: nil) }
    }
}
