import HTTPTypes
import NIOCore
import NIOHTTP1

/// Sits between the bytes of a connection and the responder: passes on well-framed requests, refuses others, frames the
/// answers, and ends the connection when its time is over. ``RequestFraming``, ``AnswerFraming`` and
/// ``ConnectionLifecycle`` make its decisions.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: ConnectionLimits
    private let reader: RequestReader
    private let refusals: ConnectionRefusals
    private var lifecycle: ConnectionLifecycle
    /// The connection's entry with its governor; nil if it is not governed.
    private var governed: GovernedConnectionHandler?
    private var head: HTTPRequestHead?
    private var framing: RequestFraming?
    private var bodyBytes = 0
    private var answer: AnswerFraming?
    /// Whether the last written answer was handed to the system, and the channel accepts another.
    private var answerIsWritten = false
    /// Whether the service has written the whole answer.
    private var answerIsComplete = false
    private let alarm = ConnectionAlarm()

    /// - Parameter now: When the connection was accepted.
    init(_ limits: ConnectionLimits, reader: RequestReader, refusals: ConnectionRefusals, at now: NIODeadline) {
        self.limits = limits
        self.reader = reader
        self.refusals = refusals
        lifecycle = ConnectionLifecycle(limits, at: now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        governed = try? context.pipeline.syncOperations.handler(type: GovernedConnectionHandler.self)
        setAlarm(in: context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        governed = nil
        alarm.end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm.end()
        if lifecycle.phase == .body { context.fireErrorCaught(RequestRefusal.incomplete) }
        context.fireChannelInactive()
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, in: context)
        case .body(let part):
            guard lifecycle.phase == .body, !lifecycle.isRefused else { return }
            bodyBytes += part.readableBytes
            reader.didPassOn(bodyBytes: part.readableBytes)
            guard bodyBytes <= limits.bodySize else { return refuse(.bodyTooLong, in: context) }
            context.fireChannelRead(data)
        case .end:
            guard lifecycle.phase == .body, !lifecycle.isRefused else { return }
            guard !reader.hasExcessiveChunks else { return refuse(.excessiveChunks, in: context) }
            lifecycle.endRequest(at: context.eventLoop.now)
            governed?.report(isWaitingForClient: false)
            reader.pause(offeredUpgrade: framing?.offersUpgrade == true)
            context.fireChannelRead(data)
        }
    }

    private func begin(_ head: HTTPRequestHead, in context: ChannelHandlerContext) {
        // The reader passes on one request at a time.
        guard lifecycle.phase == .head else { return carryOut(lifecycle.endOutput(), in: context) }
        self.head = head
        bodyBytes = 0
        let framing: RequestFraming
        do throws(RequestRefusal) {
            framing = try RequestFraming(head, mostBodyBytes: limits.bodySize)
        } catch {
            return refuse(error, in: context)
        }
        self.framing = framing
        lifecycle.endHead(framing, at: context.eventLoop.now)
        reader.expect(framing.body)
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if framing.expectsContinue, answer == nil, lifecycle.phase == .body {
            let word = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(word)), promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let refusal as RequestRefusal: refuse(refusal, in: context)
        case HTTPParserError.headerOverflow: refuse(.headTooLong, in: context)
        case HTTPParserError.invalidVersion: refuse(.unsupportedVersion, in: context)
        case is HTTPParserError: refuse(.unreadable, in: context)
        default: context.fireErrorCaught(error)
        }
    }

    private func refuse(_ refusal: RequestRefusal, in context: ChannelHandlerContext) {
        carryOut(lifecycle.refuse(refusal), in: context)
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // After an answer of our own.
        guard lifecycle.phase != .linger, !lifecycle.isRefused else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        writePart(data, promise: promise, in: context)
    }

    private func writePart(_ data: NIOAny, promise: EventLoopPromise<Void>?, in context: ChannelHandlerContext) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200: context.write(data, promise: promise)
        case .head(let head):
            let answer = AnswerFraming(head, to: self.head, isLast: lifecycle.mustEnd || reader.isPipelineFull)
            self.answer = answer
            lifecycle.beginAnswer(isLast: answer.isLast, at: context.eventLoop.now)
            setAlarm(in: context)
            context.write(wrapOutboundOut(.head(answer.head)), promise: promise)
        case .body:
            guard answer?.hasBody == true else {
                promise?.succeed()
                return
            }
            context.write(data, promise: promise)
        case .end:
            answerIsComplete = true
            governed?.report(isWaitingForClient: true)
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenSuccess { [weak self] in self?.endAnswer(in: context) }
            context.write(answer?.hasBody == true ? data : wrapOutboundOut(.end(nil)), promise: written)
        }
    }

    private func endAnswer(in context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        guard context.channel.isWritable else {
            answerIsWritten = true
            return
        }
        answerIsWritten = false
        answerIsComplete = false
        answer = nil
        framing = nil
        head = nil
        switch lifecycle.endAnswer(at: context.eventLoop.now) {
        case .next:
            setAlarm(in: context)
            reader.resume()
        case .linger:
            setAlarm(in: context)
            context.close(mode: .output, promise: nil)
            reader.discard()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if answerIsWritten {
            endAnswer(in: context)
        } else if lifecycle.phase == .answer {
            governed?.report(isWaitingForClient: !context.channel.isWritable || answerIsComplete)
        }
        context.fireChannelWritabilityChanged()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output:
            carryOut(lifecycle.endOutput(), in: context)
            promise?.succeed()
        case .all where (lifecycle.phase == .linger || lifecycle.isRefused) && context.channel.isActive:
            // It is closed when the client has the answer.
            context.channel.closeFuture.cascade(to: promise)
        default:
            context.close(mode: mode, promise: promise)
        }
    }

    // MARK: Time and the end

    func channelReadComplete(context: ChannelHandlerContext) {
        governed?.resizeHead(to: lifecycle.phase == .head && !lifecycle.isRefused ? reader.requestBytes : 0)
        setAlarm(in: context)
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is RequestReader.RequestBegan:
            lifecycle.beginRequest(at: context.eventLoop.now)
        case ChannelEvent.inputClosed:
            carryOut(lifecycle.endInput(), in: context)
            context.fireUserInboundEventTriggered(event)
        case is ChannelShouldQuiesceEvent:
            carryOut(lifecycle.drain(at: context.eventLoop.now), in: context)
            setAlarm(in: context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func carryOut(_ action: ConnectionLifecycle.Action, in context: ChannelHandlerContext) {
        switch action {
        case .wait: break
        case .close: context.close(promise: nil)
        case .refuse(let refusal):
            let isPassedOn = lifecycle.phase == .body
            reader.discard()
            let answer = refusals.answer(to: refusal, head, from: context.remoteAddress)
            writePart(wrapOutboundOut(.head(answer.head)), promise: nil, in: context)
            writePart(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil, in: context)
            writePart(wrapOutboundOut(.end(nil)), promise: nil, in: context)
            context.flush()
            // A consumer of a partial request must not take it for the whole.
            if isPassedOn { context.fireErrorCaught(refusal) }
        }
    }

    private func setAlarm(in context: ChannelHandlerContext) {
        alarm.set(for: lifecycle.deadline, on: context.eventLoop) { [weak self] in
            guard let self else { return }
            carryOut(lifecycle.expire(at: context.eventLoop.now), in: context)
            setAlarm(in: context)
        }
    }
}
