import NIOCore
import NIOHTTP1

/// Holds a request until it is complete and its turn has come, or rejects it, on the event loop.
///
/// Later stages give a request field checks, a task, an id, a trace context and a log line. When most requests are
/// rejected, those would cost more than the answers to the others. A request rejected here is only counted; one that
/// waits here costs only its bytes. A client that sends its request slowly occupies no place meanwhile.
///
/// It comes after ``ConnectionHandler``, which limits the body and passes on one request at a time, and before the
/// codec that converts NIO's messages to Hummingbird's.
final class OverloadHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Reading {
        /// Nothing is held: everything is passed on.
        case passing
        case keeping(IncomingRequest)
        /// The request is complete, and waits for its turn.
        case waiting(IncomingRequest, trailers: HTTPHeaders?)
        /// The request was refused before its end.
        case discarding
    }

    private let overload: Overload
    private let handover: PlaceHandover
    private var reading = Reading.passing
    /// The place of the request that is waiting or being answered.
    private var place: Place?
    /// The connection's entry with its governor; nil if it is not governed.
    private var governed: GovernedConnectionHandler?

    /// - Parameters:
    ///   - overload: Provides the places.
    ///   - handover: Hands a place to the code that answers the request.
    init(_ overload: Overload, handover: PlaceHandover) {
        self.overload = overload
        self.handover = handover
    }

    func handlerAdded(context: ChannelHandlerContext) {
        governed = try? context.pipeline.syncOperations.handler(type: GovernedConnectionHandler.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        governed = nil
        forget()
    }

    func channelInactive(context: ChannelHandlerContext) {
        place?.clientIsGone()
        forget()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard !overload.needsNoPlace(head) else {
                reading = .passing
                return context.fireChannelRead(data)
            }
            reading = .keeping(IncomingRequest(head))
        case .body(let part):
            switch reading {
            case .passing: context.fireChannelRead(data)
            case .keeping(var request):
                // A second owner would cause a copy of the buffer.
                reading = .discarding
                request.append(part)
                reading = .keeping(request)
            case .waiting, .discarding: break
            }
        case .end(let trailers):
            switch reading {
            case .passing: context.fireChannelRead(data)
            case .keeping(let request): end(request, trailers: trailers, in: context)
            case .waiting, .discarding: break
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .keeping(var request) = reading {
            reading = .discarding
            let number = request.number ?? overload.beginIncomplete(on: context.channel)
            request.number = number
            request.compact()
            reading = .keeping(request)
            overload.resizeIncomplete(number, to: request.size)
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The rest of the request will not come.
        if case .keeping = reading {
            endIncomplete()
            reading = .discarding
        }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as IncompleteRequestGivenUp:
            guard case .keeping(let request) = reading, request.number == event.number else { return }
            overload.countRefusal()
            refuse(endingConnection: true, in: context)
        case let event as PlaceAdmitted:
            guard case .waiting(let request, let trailers) = reading, event.place === place else { return }
            guard !event.place.isLate else {
                withdrawPlace()
                overload.countRefusal()
                return refuse(endingConnection: false, in: context)
            }
            passOn(request, trailers: trailers, with: event.place, in: context)
            context.fireChannelReadComplete()
        case ChannelEvent.inputClosed:
            // Most clients that close their side have closed the connection. The others still get an answer.
            place?.clientIsGone()
            context.fireUserInboundEventTriggered(event)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where overload.isLeaving:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            withdrawPlace()
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }

    /// Passes a complete request on, holds it for its turn, or rejects it.
    private func end(_ request: IncomingRequest, trailers: HTTPHeaders?, in context: ChannelHandlerContext) {
        guard let place = overload.makePlace(size: request.size) else {
            return refuse(endingConnection: false, in: context)
        }
        endIncomplete()
        self.place = place
        place.onWait(governed?.reportWait)
        let channel = context.channel
        let waits = place.waitForTurn {
            // Never synchronously: a place rejected at its turn passes the turn to the next, and so on down a late
            // queue.
            channel.eventLoop.execute {
                channel.pipeline.fireUserInboundEventTriggered(PlaceAdmitted(place: place))
            }
        }
        if waits {
            var request = request
            request.compact()
            reading = .waiting(request, trailers: trailers)
        } else {
            passOn(request, trailers: trailers, with: place, in: context)
        }
    }

    private func passOn(
        _ request: IncomingRequest,
        trailers: HTTPHeaders?,
        with place: Place,
        in context: ChannelHandlerContext
    ) {
        reading = .passing
        handover.leave(place)
        context.fireChannelRead(wrapInboundOut(.head(request.head)))
        if request.body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(request.body))) }
        context.fireChannelRead(wrapInboundOut(.end(trailers)))
    }

    private func refuse(endingConnection: Bool, in context: ChannelHandlerContext) {
        endIncomplete()
        reading = .discarding
        var head = overload.refusal.head
        if endingConnection || overload.isLeaving { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(overload.refusal.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func forget() {
        endIncomplete()
        if case .waiting = reading { reading = .discarding }
        withdrawPlace()
    }

    private func endIncomplete() {
        guard case .keeping(let request) = reading, let number = request.number else { return }
        overload.endIncomplete(number)
    }

    private func withdrawPlace() {
        place?.withdraw()
        place = nil
    }
}
