import BrokerTesting
import IdentityBroker
import Metrics
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

    // MARK: One at a time

    @Test("ends with the answer to a request that is one too many to be sent without waiting")
    func pipelineDepth() throws {
        let bench = try ConnectionBench()
        let depth = bench.limits.pipelineDepth
        try bench.send(String(repeating: "GET /a HTTP/1.1\r\nHost: a\r\n\r\n", count: depth + 2))
        for _ in 0..<depth {
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().values(of: "Connection") == [])
        }
        #expect(try bench.passedOn() == ["/a", "."])
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["close"])
        #expect(try bench.passedOn() == [])
    }

    @Test("takes any number of requests of a client that waits for its answers")
    func sequence() throws {
        let bench = try ConnectionBench()
        for _ in 0...(2 * bench.limits.pipelineDepth) {
            try bench.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().values(of: "Connection") == [])
        }
    }

    @Test("passes on one request at a time, in order, though several are sent at once")
    func pipelining() throws {
        let paths = (0...bench.limits.pipelineDepth).map { "/\($0)" }
        try bench.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for path in paths {
            #expect(try bench.passedOn() == [path, "."])
            bench.answer(path)
            #expect(try bench.received().hasSuffix("\r\n\r\n\(path)"))
        }
        #expect(try bench.passedOn() == [])
    }

    @Test("does so wherever the bytes are split", arguments: 1...12)
    func splits(size: Int) throws {
        let requests =
            "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n"
            + "\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\nX: y\r\n\r\n"
            + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\nGET /4 HTTP/1.1\r\nHost: a\r\n\r\n"
        var rest = Array(requests.utf8)[...]
        var seen = ""
        while !rest.isEmpty {
            try bench.send(String(decoding: rest.prefix(size), as: UTF8.self))
            rest = rest.dropFirst(size)
            while case let parts = try bench.passedOn(), !parts.isEmpty {
                seen += parts.joined()
                #expect(!parts.dropLast().contains("."))
                if parts.last == "." { bench.answer() }
            }
        }
        #expect(seen == "/1\r\n\r\n\r\n\r\n./2\r\n\r\n./3./4.")
    }

    @Test("waits for the client to read before it takes another request")
    func notReading() throws {
        try bench.send(Self.get + Self.get)
        #expect(try bench.passedOn() == ["/a", "."])
        bench.answer(flushing: false)
        #expect(try bench.passedOn() == [])
        bench.channel.isWritable = false
        bench.channel.flush()
        #expect(try bench.passedOn() == [])
        bench.channel.isWritable = true
        bench.channel.pipeline.fireChannelWritabilityChanged()
        #expect(try bench.passedOn() == ["/a", "."])
    }

    @Test("ends when the client does not read an answer in time")
    func stalledWrite() throws {
        try bench.send(Self.get)
        bench.answer(flushing: false)
        bench.advance(by: bench.limits.answerTime - .nanoseconds(1))
        #expect(bench.channel.isActive)
        bench.advance(by: .nanoseconds(1))
        #expect(!bench.channel.isActive)
    }

    @Test("ends after the answer under way when more is sent than it keeps")
    func flood() throws {
        try bench.send(Self.get)
        try bench.send(String(repeating: Self.get, count: 1 + bench.limits.pipelineSize / Self.get.utf8.count))
        #expect(try bench.passedOn() == ["/a", "."])
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["close"])
        #expect(try bench.passedOn() == [])
    }

    // MARK: What HTTP has beside requests

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

    @Test("sends 100 to who waits for it, before the body and once")
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

    // MARK: What is refused

    struct Refusal: Sendable {
        let bytes: String
        let status: Int
        let kind: RequestRefusal
    }

    static let refusals = [
        Refusal(bytes: "nonsense\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "\u{16}\u{3}\u{1}\u{2}", status: 400, kind: .unreadable),
        Refusal(bytes: "GET / HTTP/1.1\nHost: a\n\n", status: 400, kind: .unreadable),
        Refusal(bytes: "\r\nGET / HTTP/1.0\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET / HTTP/1.1\r\nHost : a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(
            bytes: "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))", status: 431, kind: .headTooLong),
        Refusal(
            bytes: "GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 101), status: 431, kind: .headTooLong),
        Refusal(bytes: "GET / HTTP/2.0\r\nHost: a\r\n\r\n", status: 505, kind: .unsupportedVersion),
        Refusal(bytes: "GET / HTTP/1.1\r\n\r\n", status: 400, kind: .invalidHost),
        Refusal(bytes: "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", status: 501, kind: .unsupportedMethod),
        Refusal(
            bytes: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400, kind: .invalidTransferEncoding),
        Refusal(
            bytes: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", status: 501,
            kind: .unsupportedTransferEncoding),
        Refusal(
            bytes: "POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n", status: 417, kind: .unsupportedExpectation),
        Refusal(
            bytes: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n", status: 413,
            kind: .bodyTooLong),
    ]

    @Test("answers what it refuses as requests are answered, and ends", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        try bench.send(refusal.bytes)
        let answer = try bench.received()
        #expect(answer.status == refusal.status)
        #expect(answer.values(of: "Connection") == ["close"])
        let id = try #require(answer.values(of: "X-Request-ID").first)
        #expect(answer.contains(#""error":"invalid_request""#) && answer.values(of: "Date").count == 1)
        #expect(try bench.passedOn() == [])
        let lines = bench.log.entries.filter { $0.message == "request" }
        #expect(lines.count == 1)
        let line = try #require(lines.first).description
        #expect(line.contains(id) && line.contains(refusal.kind.rawValue) && line.contains("192.0.2.7"))
        // Nothing that follows is read.
        try bench.send(Self.get)
        #expect(try bench.passedOn() == [])
        #expect(try bench.received() == "")
        bench.advance(by: bench.limits.lingerTime)
        #expect(!bench.channel.isActive)
    }

    @Test("writes nothing after a refusal that the client has yet to take")
    func onlyRefusal() throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 600\r\n\r\na")
        bench.channel.isWritable = false
        bench.advance(by: bench.limits.bodyTime)
        #expect(throws: RequestRefusal.tooSlow) { try bench.channel.throwIfErrorCaught() }
        #expect(try bench.received().status == 408)
        bench.answer()
        #expect(try bench.received() == "")
        bench.endInput()
        bench.channel.close(promise: nil)
        #expect(bench.channel.isActive)
        bench.advance(by: bench.limits.answerTime)
        #expect(!bench.channel.isActive)
    }

    @Test("ignores empty lines before a request", arguments: ["\r\n", "\r\n\r\n", "\n"])
    func emptyLines(lines: String) throws {
        try bench.send(lines)
        bench.advance(by: bench.limits.headTime)
        #expect(try bench.received() == "")
        for _ in 1...2 {
            try bench.send(Self.get + lines)
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            bench.advance(by: bench.limits.headTime)
            #expect(try bench.received().hasSuffix("\r\n\r\nok"))
        }
        bench.advance(by: bench.limits.idleTime)
        #expect(try !bench.channel.isActive && bench.received() == "")
    }

    @Test("refuses Transfer-Encoding beside Content-Length, whatever their order")
    func ambiguous() throws {
        for fields in [
            "Transfer-Encoding: chunked\r\nContent-Length: 3", "Content-Length: 3\r\nTransfer-Encoding: chunked",
        ] {
            let bench = try ConnectionBench()
            try bench.send("POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n0\r\n\r\n" + Self.get)
            #expect(try bench.received().status == 400)
            #expect(try bench.passedOn() == [])
        }
    }

    @Test("refuses a body in chunks that is longer than is allowed, and whoever has a part of it is told")
    func longBody() throws {
        let chunk = String(repeating: "x", count: 0x8000)
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 1...2 { try bench.send("8000\r\n\(chunk)\r\n") }
        #expect(try bench.received() == "")
        #expect(throws: RequestRefusal.bodyTooLong) { try bench.send("1\r\nx\r\n") }
        #expect(try bench.received().status == 413)
        #expect(try bench.passedOn().last != ".")
    }

    @Test("answers 408 when a request does not arrive in time", arguments: ["GET", "GET /a HTTP/1.1\r\nHost: a\r\nX:"])
    func slowHead(bytes: String) throws {
        bench.advance(by: .seconds(25))
        let (first, rest) = (bytes.prefix(1), bytes.dropFirst())
        try bench.send(String(first))
        bench.advance(by: bench.limits.headTime - .nanoseconds(1))
        try bench.send(String(rest))
        #expect(try bench.received() == "")
        bench.advance(by: .nanoseconds(1))
        #expect(try bench.received().status == 408)
        #expect(try bench.passedOn() == [])
    }

    @Test("answers 408 when a body does not, and whoever has a part of it is told")
    func slowBody() throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 600\r\n\r\na")
        for _ in 1...9 {
            bench.advance(by: .seconds(1))
            try bench.send("a")
        }
        #expect(try bench.received() == "")
        bench.advance(by: .seconds(1))
        #expect(try bench.received().status == 408)
        #expect(throws: RequestRefusal.tooSlow) { try bench.channel.throwIfErrorCaught() }
        #expect(try bench.passedOn().last == "a")
    }

    @Test("ends without an answer where no part of a request comes")
    func idle() throws {
        bench.advance(by: bench.limits.idleTime)
        #expect(try bench.received() == "" && !bench.channel.isActive)
    }

    // MARK: The end

    @Test("answers a complete request of who has ended their side, and refuses an incomplete one")
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

    @Test("is closed at a shutdown where it is idle, and after the answer where it is not")
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

    @Test("is closed soon after a shutdown where the client does not read")
    func drainStalled() throws {
        try bench.send(Self.get)
        bench.answer(flushing: false)
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        bench.advance(by: bench.limits.drainTime)
        #expect(!bench.channel.isActive)
    }

    @Test("does not take a proxy for the client whose request cannot be read")
    func behindProxy() throws {
        let network = try #require(IPNetwork("192.0.2.0/24"))
        let bench = try ConnectionBench(trust: ProxyTrust([network]))
        try bench.send("GET / HTTP/1.1\r\nX-Forwarded-For: 198.51.100.1\r\nX-Request-ID: from-the-proxy\r\n\r\n")
        #expect(try bench.received().values(of: "X-Request-ID") == ["from-the-proxy"])
        let unreadable = try ConnectionBench(trust: ProxyTrust([network]))
        try unreadable.send("nonsense\r\n\r\n")
        #expect(bench.log.mentions("198.51.100.1") && !bench.log.mentions("192.0.2.7"))
        #expect(unreadable.log.entries.count == 1 && !unreadable.log.mentions("192.0.2.7"))
    }

    @Test("counts what it refuses, on whatever thread that is")
    func counted() throws {
        let registry = PrometheusRegistry()
        let bench = try withMetricsFactory(registry) { try ConnectionBench() }
        try bench.send("HEAD / HTTP/1.1\r\n\r\n")
        let line = #"broker_http_requests_total{method="HEAD",route="none",status="400"} 1"#
        #expect(registry.text().contains(line))
    }

    @Test("writes no more than so many lines a second of what it refuses, and counts the others")
    func floodOfRefusals() throws {
        let most = ConnectionRefusals.linesPerSecond
        for _ in 1...(most + 5) {
            let answer = bench.refusals.answer(to: .unreadable, nil, from: nil)
            #expect(answer.head.headers.contains(name: "X-Request-ID"))
        }
        #expect(bench.log.entries.count == most)
        #expect(bench.refusals.takeUnlogged() == 5)
    }
}
