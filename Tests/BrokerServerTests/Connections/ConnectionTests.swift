import BrokerTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("A connection")
struct ConnectionTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    private let bench: ConnectionBench

    init() throws {
        bench = try ConnectionBench()
    }

    @Test(
        "ignores an upgrade offer, and takes the next request",
        arguments: [
            "Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk", "upgrade\r\nUpgrade: websocket",
        ]
    )
    func upgrade(offer: String) throws {
        for _ in 1...3 {
            try bench.send("GET /b HTTP/1.1\r\nHost: a\r\nConnection: \(offer)\r\n\r\n" + Self.get)
            #expect(try bench.passedOn() == ["/b", "."])
            bench.answer()
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().values(of: "Connection") == [])
        }
        try bench.send(
            "POST /c HTTP/1.1\r\nHost: a\r\nConnection: \(offer)\r\nContent-Length: 3\r\n\r\nabc" + Self.get)
        #expect(try bench.passedOn() == ["/c", "abc", "."])
        bench.answer()
        #expect(try bench.passedOn() == ["/a", "."])
    }

    @Test("sends 100 once, before the body, if the client waits for it")
    func expectation() throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(try bench.received() == "HTTP/1.1 100 Continue\r\n\r\n")
        try bench.send("abc" + Self.get)
        #expect(try bench.passedOn() == ["/a", "abc", "."])
        bench.answer()
        let answer = try bench.received()
        #expect(answer.status == 200 && answer.hasSuffix("\r\n\r\nok"))
        #expect(try bench.passedOn() == ["/a", "."])
    }

    @Test("answers HEAD without a body, refused or not")
    func head() throws {
        try bench.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n")
        bench.answer()
        #expect(try bench.received().hasSuffix("Content-Length: 2\r\n\r\n"))
        try bench.send("HEAD /a HTTP/1.1\r\n\r\n")
        let refusal = try bench.received()
        #expect(refusal.status == 400 && refusal.hasSuffix("\r\n\r\n"))
    }

    @Test("ends after an answer to HTTP/1.0, unless the client wants to keep it")
    func old() throws {
        try bench.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["keep-alive"])
        try bench.send("GET /a HTTP/1.0\r\n\r\n")
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["close"])
        try bench.send(Self.get)
        #expect(try bench.passedOn() == ["/a", ".", "/a", "."])
        bench.advance(by: bench.limits.lingerTime)
        #expect(!bench.channel.isActive)
    }

    @Test("after the client closes its side, answers a complete request and refuses an incomplete one")
    func endOfInput() throws {
        try bench.send(Self.get + Self.get + "GET")
        bench.endInput()
        for _ in 1...2 {
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().status == 200)
        }
        #expect(try bench.received() == "")
    }

    @Test("never lets the part of a body pass for the whole", arguments: [true, false])
    func cutOff(isHalfClosed: Bool) throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        if isHalfClosed { bench.endInput() } else { bench.channel.close(promise: nil) }
        #expect(throws: RequestRefusal.incomplete) { try bench.channel.throwIfErrorCaught() }
        #expect(try bench.passedOn() == ["/a", "abc"])
        #expect(try bench.received().status == (isHalfClosed ? 400 : nil))
    }

    @Test("is closed at a shutdown at once if idle, and otherwise after the answer")
    func drain() throws {
        let idle = try ConnectionBench()
        idle.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(idle.channel.isActive)
        idle.advance(by: idle.limits.drainIdleTime)
        #expect(!idle.channel.isActive)
        try bench.send(Self.get + Self.get)
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(bench.channel.isActive)
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["close"])
        #expect(try bench.passedOn() == ["/a", "."])
    }

    @Test("is closed soon after a shutdown if the client does not read")
    func drainStalled() throws {
        try bench.send(Self.get)
        bench.answer(flushing: false)
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        bench.advance(by: bench.limits.drainTime)
        #expect(!bench.channel.isActive)
    }
}
