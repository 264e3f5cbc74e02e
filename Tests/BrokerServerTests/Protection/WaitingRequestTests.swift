import BrokerServing
import BrokerTesting
import IdentityBroker
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("A request that waits for its turn")
struct WaitingRequestTests {
    private let clock = TestClock()
    private let guards: RequestGuards
    private let overload: Overload
    private let first: OverloadLine
    private let second: OverloadLine

    /// The first connection's request is being served.
    init() throws {
        guards = RequestGuards(
            RequestLimits(concurrency: 3), trust: ProxyTrust(), clock: BrokerClock(clock, now: clock.wallClock),
            parallelism: 1)
        overload = Overload(guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        first = try OverloadLine(overload)
        second = try OverloadLine(overload)
        try first.sendRequest()
        #expect(try first.passedOn() == 3)
    }

    @Test("is passed on completely when its turn has come, with a place")
    func turn() throws {
        try second.sendRequest()
        #expect(try second.passedOn() == 0)
        #expect(guards.places.inside == 1 && guards.places.waiting == 1)
        try first.respond()
        #expect(guards.places.inside == 1 && guards.places.waiting == 0)
        second.channel.embeddedEventLoop.run()
        #expect(try second.passedOn() == 3)
        #expect(second.places.takeOver() != nil)
        #expect(overload.takeCount() == 0)
    }

    @Test("waits behind earlier ones, and is rejected beyond the limit")
    func order() throws {
        let (third, fourth) = (try OverloadLine(overload), try OverloadLine(overload))
        try second.sendRequest()
        try third.sendRequest()
        try fourth.sendRequest()
        #expect(try fourth.answer()?.status == .serviceUnavailable)
        try first.respond()
        third.channel.embeddedEventLoop.run()
        #expect(try third.passedOn() == 0)
        second.channel.embeddedEventLoop.run()
        #expect(try second.passedOn() == 3)
        try second.respond()
        third.channel.embeddedEventLoop.run()
        #expect(try third.passedOn() == 3)
    }

    @Test("is dropped when its connection is gone, and the next one has its turn")
    func gone() throws {
        let third = try OverloadLine(overload)
        try second.sendRequest()
        try third.sendRequest()
        _ = try second.channel.finish(acceptAlreadyClosed: true)
        #expect(guards.places.waiting == 1)
        try first.respond()
        third.channel.embeddedEventLoop.run()
        #expect(try third.passedOn() == 3)
        #expect(guards.places.inside == 1)
    }

    @Test("is dropped when its connection is gone after its turn came, and the next one has its turn")
    func goneAtItsTurn() throws {
        let third = try OverloadLine(overload)
        try second.sendRequest()
        try third.sendRequest()
        try first.respond()
        second.channel.embeddedEventLoop.run()
        _ = try second.channel.finish(acceptAlreadyClosed: true)
        #expect(second.places.takeOver() == nil)
        third.channel.embeddedEventLoop.run()
        #expect(try third.passedOn() == 3)
        #expect(guards.places.inside == 1 && guards.places.waiting == 0)
    }

    @Test("is rejected when its turn comes too late, like those behind it that have waited too long")
    func late() throws {
        let third = try OverloadLine(overload)
        try second.sendRequest()
        clock.advance(by: .milliseconds(600))
        try third.sendRequest()
        clock.advance(by: .milliseconds(600))
        try first.respond()
        second.channel.embeddedEventLoop.run()
        #expect(try second.answer()?.status == .serviceUnavailable)
        #expect(try second.passedOn() == 0)
        third.channel.embeddedEventLoop.run()
        #expect(try third.passedOn() == 3)
        #expect(guards.places.inside == 1 && guards.places.waiting == 0)
        #expect(overload.takeCount() == 1)
    }

    @Test("is rejected late with thousands behind it on the same event loop, each in its own turn")
    func lateLine() throws {
        let guards = RequestGuards(
            RequestLimits(concurrency: 5_000), trust: ProxyTrust(), clock: BrokerClock(clock, now: clock.wallClock),
            parallelism: 1)
        let (overload, loop) = (
            Overload(guards, alwaysAnswered: BrokerEndpoints.operationPaths), EmbeddedEventLoop()
        )
        let lines = try (0..<5_000).map { _ in try OverloadLine(overload, on: loop) }
        for line in lines { try line.sendRequest() }
        #expect(guards.places.waiting == 4_999)
        clock.advance(by: .seconds(2))
        try lines[0].respond()
        loop.run()
        #expect(try lines[1...].allSatisfy { try $0.answer()?.status == .serviceUnavailable })
        #expect(guards.places.inside == 0 && guards.places.waiting == 0)
    }

    @Test("is also rejected late on a foreign connection")
    func lateTask() async throws {
        let queue = guards.places
        let task = Task { await queue.next() }
        while queue.waiting == 0 { await Task.yield() }
        clock.advance(by: .seconds(2))
        try first.respond()
        #expect(await task.value == nil)
        #expect(queue.inside == 0)
    }

    @Test("is still answered when its client closes its side, and knows that")
    func inputClosed() throws {
        try second.sendRequest()
        second.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        try first.respond()
        second.channel.embeddedEventLoop.run()
        #expect(try second.passedOn() == 3)
        #expect(try #require(second.places.takeOver()).isGone)
    }

    @Test("keeps its trailers")
    func trailers() throws {
        try second.send(.head(), .body(count: 1), .end(["X-Check": "1"]))
        try first.respond()
        second.channel.embeddedEventLoop.run()
        _ = try second.channel.readInbound(as: HTTPServerRequestPart.self)
        _ = try second.channel.readInbound(as: HTTPServerRequestPart.self)
        guard case .end(let trailers) = try second.channel.readInbound(as: HTTPServerRequestPart.self) else {
            Issue.record("no end")
            return
        }
        #expect(trailers?["X-Check"] == ["1"])
    }

    @Test("also waits on a foreign connection: a task gets its place in its turn")
    func task() async throws {
        let queue = guards.places
        let task = Task { await queue.next() }
        while queue.waiting == 0 { await Task.yield() }
        try first.respond()
        let place = try #require(await task.value)
        #expect(queue.inside == 1)
        place.giveBack()
        #expect(queue.inside == 0)
    }

    @Test("leaves the queue when its task is cancelled")
    func cancelled() async throws {
        let queue = guards.places
        let task = Task { await queue.next() }
        while queue.waiting == 0 { await Task.yield() }
        task.cancel()
        #expect(await task.value == nil)
        #expect(queue.inside == 1 && queue.waiting == 0)
    }
}
