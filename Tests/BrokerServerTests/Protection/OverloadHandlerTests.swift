import BrokerTesting
import HTTPTypes
import IdentityBroker
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import BrokerServer

@Suite("Where there is no room, a connection's handler")
struct OverloadHandlerTests {
    private static let mostBodyBytes = 100

    private let guards: RequestGuards
    private let overload: Overload
    private let channel: EmbeddedChannel

    init() throws {
        let clock = TestClock()
        guards = RequestGuards(
            RequestLimits(concurrency: 1), trust: ProxyTrust(), clock: BrokerClock(clock, now: clock.wallClock))
        overload = Overload(guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        channel = try Self.channel(overload)
    }

    private static func channel(_ overload: Overload) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(
            handler: OverloadHandler(overload, mostBodyBytes: mostBodyBytes, patience: .seconds(15)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func fill() { #expect(guards.shedder.withLock { $0.enter(at: .zero) }) }
    private func empty() { guards.shedder.withLock { $0.leave() } }

    private func send(
        _ path: String = "/oauth2/token",
        _ fields: HTTPFields = [:],
        body: Int = 3,
        on channel: EmbeddedChannel? = nil
    ) throws {
        let channel = channel ?? self.channel
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0x61, count: body)))
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    /// How many parts were passed on since this was asked last.
    private func passedOn(on channel: EmbeddedChannel? = nil) throws -> Int {
        var count = 0
        while try (channel ?? self.channel).readInbound(as: HTTPRequestPart.self) != nil { count += 1 }
        return count
    }

    /// The head of the answer, if there is a whole one.
    private func answer() throws -> HTTPResponse? {
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        guard case .body(let body) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        guard case .end = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        #expect(head.headerFields[.contentLength] == "\(body.readableBytes)")
        #expect(String(buffer: body).contains(#""error":"temporarily_unavailable""#))
        return head
    }

    private func respond(on channel: EmbeddedChannel? = nil) throws {
        try (channel ?? self.channel).writeOutbound(HTTPResponsePart.end(nil))
    }

    @Test("turns a request away with 503 and Retry-After, and passes nothing of it on")
    func refusal() throws {
        fill()
        try send()
        let answer = try #require(try answer())
        #expect(answer.status == .serviceUnavailable && answer.headerFields[.retryAfter] == "1")
        #expect(answer.headerFields[.connection] == nil && channel.isActive)
        #expect(try passedOn() == 0)
        #expect(overload.takeCount() == 1 && overload.takeCount() == 0)
    }

    @Test("passes the next one on once there is room again")
    func recovery() throws {
        fill()
        try send()
        _ = try answer()
        empty()
        try send()
        #expect(try passedOn() == 3)
        #expect(overload.takeCount() == 1)
    }

    @Test("gives the place of a request back when it is answered")
    func answered() throws {
        let other = try Self.channel(overload)
        try send()
        try send(on: other)
        #expect(try passedOn(on: other) == 0)
        try respond()
        try send(on: other)
        #expect(try passedOn(on: other) == 3)
    }

    @Test("gives it back when the connection is gone, and once only")
    func gone() throws {
        let other = try Self.channel(overload)
        try send()
        try respond()
        _ = try channel.finish(acceptAlreadyClosed: true)
        try send(on: other)
        #expect(try passedOn(on: other) == 3)
        let third = try Self.channel(overload)
        try send(on: third)
        #expect(try passedOn(on: third) == 0)
        _ = try other.finish(acceptAlreadyClosed: true)
        try send(on: third)
        #expect(try passedOn(on: third) == 3)
    }

    @Test("counts requests that follow one another on a connection as one, and answers none of them out of turn")
    func pipelining() throws {
        try send()
        try send()
        #expect(try passedOn() == 6)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
        try respond()
        let other = try Self.channel(overload)
        try send(on: other)
        #expect(try passedOn(on: other) == 0)
        try respond()
        try send(on: other)
        #expect(try passedOn(on: other) == 3)
    }

    @Test(
        "passes on what the service is operated with",
        arguments: ["/health/live", "/health/ready", "/metrics", "/health/ready?verbose=1"]
    )
    func operations(path: String) throws {
        fill()
        try send(path)
        #expect(try passedOn() == 3)
        try respond()
        try send("/else" + path)
        #expect(try passedOn() == 0)
    }

    @Test("passes everything on while the service is stopped, which tells requests so")
    func draining() async throws {
        fill()
        _ = await guards.gate.drain(within: .zero, by: ContinuousClock())
        try send()
        #expect(try passedOn() == 3)
    }

    @Test("closes a connection that was to be closed after the request", arguments: ["close", "Close"])
    func lastRequest(word: String) throws {
        fill()
        try send("/oauth2/token", [.connection: word])
        #expect(try #require(try answer()).headerFields[.connection] == "close")
        #expect(!channel.isActive)
    }

    @Test("keeps one that was to be kept")
    func kept() throws {
        fill()
        try send("/oauth2/token", [.connection: "keep-alive"])
        #expect(try #require(try answer()).headerFields[.connection] == nil)
        #expect(channel.isActive)
    }

    @Test("reads no more of a refused body than is allowed", arguments: [(100, true), (101, false)])
    func longBody(bytes: Int, isKept: Bool) throws {
        fill()
        try send(body: bytes)
        #expect(try #require(try answer()).headerFields[.connection] == (isKept ? nil : "close"))
        #expect(channel.isActive == isKept)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test("says that it ends a connection on which nothing was passed on for long")
    func patience() throws {
        fill()
        channel.embeddedEventLoop.advanceTime(by: .seconds(15))
        try send()
        #expect(try #require(try answer()).headerFields[.connection] == nil)
        channel.embeddedEventLoop.advanceTime(by: .nanoseconds(1))
        try send()
        #expect(try #require(try answer()).headerFields[.connection] == "close")
        #expect(!channel.isActive)
    }
}
