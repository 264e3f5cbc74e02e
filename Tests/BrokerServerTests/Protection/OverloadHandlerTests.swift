import BrokerServing
import BrokerTesting
import IdentityBroker
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("Without room, a connection's handler")
struct OverloadHandlerTests {
    private let guards: RequestGuards
    private let overload: Overload
    private let line: OverloadLine

    init() throws {
        let clock = TestClock()
        guards = RequestGuards(
            RequestLimits(concurrency: 1), trust: ProxyTrust(), clock: BrokerClock(clock, now: clock.wallClock))
        overload = Overload(guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        line = try OverloadLine(overload)
    }

    private var inside: Int { guards.places.inside }

    private func fill() { #expect(guards.places.join() != nil) }
    private func empty() { guards.places.leave(isFirst: true) }

    @Test("rejects a request with 503 and Retry-After, and passes nothing on")
    func refusal() throws {
        fill()
        try line.sendRequest()
        let answer = try #require(try line.answer())
        #expect(answer.status == .serviceUnavailable && answer.headers["Retry-After"] == ["1"])
        #expect(!answer.headers.contains(name: "Connection") && line.channel.isActive)
        #expect(try line.passedOn() == 0)
        #expect(overload.takeCount() == 1 && overload.takeCount() == 0)
    }

    @Test("passes the next one on once there is room again")
    func recovery() throws {
        fill()
        try line.sendRequest()
        _ = try line.answer()
        empty()
        try line.sendRequest()
        #expect(try line.passedOn() == 3)
        #expect(overload.takeCount() == 1)
    }

    @Test("takes a place when a request is complete, not before")
    func incomplete() throws {
        let other = try OverloadLine(overload)
        try line.send(.head(), .body(count: 1))
        #expect(try line.passedOn() == 0)
        #expect(inside == 0)
        try other.sendRequest()
        #expect(try other.passedOn() == 3)
        #expect(inside == 1)
        try other.respond()
        try line.send(.body(count: 2), .end(nil))
        #expect(inside == 1)
        guard case .head = try line.channel.readInbound(as: HTTPServerRequestPart.self) else {
            Issue.record("no head")
            return
        }
        guard case .body(let body) = try line.channel.readInbound(as: HTTPServerRequestPart.self) else {
            Issue.record("no body")
            return
        }
        #expect(body == ByteBuffer(string: "aaa"))
        #expect(try line.passedOn() == 1)
    }

    @Test("keeps incomplete requests up to the limit, and gives up the oldest")
    func incompleteBytes() throws {
        let most = guards.loadLimit.incompleteBytes
        let (first, second) = (try OverloadLine(overload), try OverloadLine(overload))
        try first.send(.head(), .body(count: most / 2))
        try second.send(.head(), .body(count: most / 2))
        first.channel.embeddedEventLoop.run()
        let answer = try #require(try first.answer())
        #expect(answer.status == .serviceUnavailable && answer.headers["Connection"] == ["close"])
        try first.send(.body(count: 1), .end(nil))
        #expect(try first.passedOn() == 0)
        try second.send(.end(nil))
        #expect(try second.passedOn() == 3)
        #expect(overload.takeCount() == 1)
    }

    @Test("does not give up the request after the one to be given up")
    func givenUpLate() throws {
        // Only the first two numbers exist.
        let (former, latter) = (IncompleteRequestGivenUp(number: 1), IncompleteRequestGivenUp(number: 2))
        try line.sendRequest()
        #expect(try line.passedOn() == 3)
        try line.respond()
        _ = try line.channel.readOutbound(as: HTTPServerResponsePart.self)
        try line.send(.head(), .body(count: 1))
        line.channel.pipeline.fireUserInboundEventTriggered(former)
        #expect(try line.answer() == nil)
        line.channel.pipeline.fireUserInboundEventTriggered(latter)
        #expect(try line.answer()?.status == .serviceUnavailable)
        #expect(overload.takeCount() == 1)
    }

    @Test("does not count a request that arrives in one piece as incomplete")
    func onePiece() throws {
        let most = guards.loadLimit.incompleteBytes
        let slow = try OverloadLine(overload)
        try slow.send(.head(), .body(count: most / 2))
        line.sendAtOnce(.head(), .body(count: most), .end(nil))
        #expect(try line.passedOn() == 3)
        #expect(try slow.answer() == nil)
    }

    @Test("releases a request's bytes when its connection is gone, or its rest does not arrive")
    func incompleteGone() throws {
        let most = guards.loadLimit.incompleteBytes
        let (gone, failed, last) = (try OverloadLine(overload), try OverloadLine(overload), try OverloadLine(overload))
        try gone.send(.head(), .body(count: most / 2))
        _ = try gone.channel.finish(acceptAlreadyClosed: true)
        try failed.send(.head(), .body(count: most / 2))
        failed.channel.pipeline.fireErrorCaught(RequestRefusal.tooSlow)
        try last.send(.head(), .body(count: most - 1000))
        last.channel.embeddedEventLoop.run()
        #expect(try last.answer() == nil)
    }

    @Test("leaves the place to the code that answers the request")
    func handover() throws {
        try line.sendRequest()
        let place = try #require(line.places.takeOver())
        #expect(inside == 1)
        try line.channel.writeOutbound(HTTPServerResponsePart.end(nil))
        #expect(inside == 1)
        place.giveBack()
        #expect(inside == 0)
    }

    @Test("takes back an unclaimed place when the request is answered or the connection is gone")
    func withdrawn() throws {
        try line.sendRequest()
        try line.channel.writeOutbound(HTTPServerResponsePart.end(nil))
        #expect(inside == 0)
        let other = try OverloadLine(overload)
        try other.sendRequest()
        #expect(inside == 1)
        _ = try other.channel.finish(acceptAlreadyClosed: true)
        #expect(inside == 0)
        #expect(other.places.takeOver() == nil)
    }

    @Test("reports that the client is gone when it closes its connection, or its side of it")
    func gone() throws {
        try line.sendRequest()
        let place = try #require(line.places.takeOver())
        #expect(!place.isGone)
        line.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(place.isGone && inside == 1)
        place.giveBack()
        let other = try OverloadLine(overload)
        try other.sendRequest()
        let second = try #require(other.places.takeOver())
        _ = try other.channel.finish(acceptAlreadyClosed: true)
        #expect(second.isGone)
    }

    @Test(
        "passes on requests for operations",
        arguments: [
            "/health/live", "/health/ready", "/metrics", "/health/ready?verbose=1",
            "http://localhost/health/live?verbose=1",
        ]
    )
    func operations(path: String) throws {
        fill()
        try line.sendRequest(path)
        #expect(try line.passedOn() == 3)
        try line.respond()
        try line.sendRequest("/else" + path)
        #expect(try line.passedOn() == 0)
    }

    @Test("tells clients to leave in every answer while the service is leaving")
    func leaving() throws {
        guards.gate.announce()
        try line.sendRequest()
        try line.channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        guard case .head(let head) = try line.channel.readOutbound(as: HTTPServerResponsePart.self) else {
            Issue.record("no answer")
            return
        }
        #expect(head.status == .ok && head.headers["Connection"] == ["close"])
        let other = try OverloadLine(overload)
        try other.sendRequest()
        #expect(try #require(try other.answer()).headers["Connection"] == ["close"])
    }
}
