import BrokerServing
import BrokerTesting
import IdentityBroker
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import BrokerServer

/// A connection without a network: bytes go in, parts of requests come out, and answers become bytes.
final class ConnectionBench {
    let log = LogRecording()
    let limits: ConnectionLimits
    let channel: EmbeddedChannel
    let refusals: ConnectionRefusals

    /// - Parameters:
    ///   - address: The client's address.
    ///   - prepare: Called with the channel before it has handlers.
    init(
        _ limits: ConnectionLimits = ConnectionLimits(),
        trust: ProxyTrust = ProxyTrust(),
        from address: String = "192.0.2.7",
        prepare: (EmbeddedChannel) throws -> Void = { _ in }
    ) throws {
        self.limits = limits
        let clock = TestClock()
        let guards = RequestGuards(RequestLimits(), trust: trust, clock: BrokerClock(clock, now: clock.wallClock))
        refusals = ConnectionRefusals(guards, identifiers: .random, isSecure: false, logger: log.makeLogger())
        channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 4711)
        try prepare(channel)
        let reader = RequestReader(limits)
        let handler = ConnectionHandler(
            limits, reader: reader, refusals: refusals, at: channel.embeddedEventLoop.now)
        var encoding = HTTPResponseEncoder.Configuration()
        encoding.automaticallySetFramingHeaders = false
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HalfClosedChannel())
        try pipeline.addHandler(HTTPResponseEncoder(configuration: encoding))
        try pipeline.addHandler(reader)
        try pipeline.addHandler(handler)
        try channel.connect(to: SocketAddress(ipAddress: address, port: 4711)).wait()
    }

    /// The client sends bytes.
    func send(_ text: String) throws {
        _ = try channel.writeInbound(ByteBuffer(string: text))
    }

    /// What was passed on since the last call: the targets of requests, their bodies, and `.` at the end of each.
    func passedOn() throws -> [String] {
        var words: [String] = []
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): words.append(head.uri)
            case .body(let bytes): words.append(String(buffer: bytes))
            case .end: words.append(".")
            }
        }
        return words
    }

    /// The service answers.
    func answer(_ body: String = "ok", _ fields: HTTPHeaders = [:], flushing: Bool = true) {
        var headers: HTTPHeaders = ["Content-Length": "\(body.utf8.count)"]
        headers.add(contentsOf: fields)
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil)
        channel.write(HTTPServerResponsePart.end(nil), promise: nil)
        if flushing { channel.flush() }
    }

    /// The service begins an answer without finishing it.
    func beginAnswer(length: Int) {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "\(length)"])
        channel.writeAndFlush(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "o"))), promise: nil)
    }

    /// The client stops reading, or resumes.
    func isRead(_ isRead: Bool) {
        channel.isWritable = isRead
        channel.pipeline.fireChannelWritabilityChanged()
    }

    /// What the client received since the last call.
    func received() throws -> String {
        var text = ""
        while let data = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let bytes) = data { text += String(buffer: bytes) }
        }
        return text
    }

    /// The client ends its side.
    func endInput() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    func advance(by time: TimeAmount) {
        channel.embeddedEventLoop.advanceTime(by: time)
    }
}

/// Allows a channel without a network to be closed on our side only.
private final class HalfClosedChannel: ChannelOutboundHandler {
    typealias OutboundIn = IOData

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        promise?.succeed()
    }
}

extension String {
    /// The status code of an answer.
    var status: Int? { split(separator: " ").dropFirst().first.flatMap { Int($0) } }

    /// The values of a field of an answer.
    func values(of name: String) -> [String] {
        split(separator: "\r\n").filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
}
