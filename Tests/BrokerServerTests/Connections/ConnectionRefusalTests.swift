import BrokerObservability
import BrokerTesting
import IdentityBroker
import Metrics
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("A connection's refusals")
struct ConnectionRefusalTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    private let bench: ConnectionBench

    init() throws {
        bench = try ConnectionBench()
    }

    struct Refusal: Sendable {
        let bytes: String
        let status: Int
        let kind: RequestRefusal
    }

    static let refusals = [
        Refusal(bytes: "nonsense\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "\u{16}\u{3}\u{1}\u{2}", status: 400, kind: .unreadable),
        Refusal(bytes: "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: " GET / HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GE\rT / HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET\r / HTTP/1.1\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "GET\r\r\nHost: a\r\n\r\n", status: 400, kind: .unreadable),
        Refusal(bytes: "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", status: 501, kind: .unsupportedMethod),
        Refusal(bytes: "get / HTTP/1.1\r\nHost: a\r\n\r\n", status: 501, kind: .unsupportedMethod),
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

    @Test("are answered like requests, and end it", arguments: refusals)
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
        // Nothing after it is read.
        try bench.send(Self.get)
        #expect(try bench.passedOn() == [])
        #expect(try bench.received() == "")
        bench.advance(by: bench.limits.lingerTime)
        #expect(!bench.channel.isActive)
    }

    @Test("are followed by nothing, even if the client has yet to read them")
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

    @Test("do not include empty lines before a request", arguments: ["\r\n", "\r\n\r\n", "\n"])
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

    @Test("include Transfer-Encoding with Content-Length, in any order")
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

    @Test("include an overlong chunked body, of which partial consumers are told")
    func longBody() throws {
        let chunk = String(repeating: "x", count: 0x8000)
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 1...2 { try bench.send("8000\r\n\(chunk)\r\n") }
        #expect(try bench.received() == "")
        #expect(throws: RequestRefusal.bodyTooLong) { try bench.send("1\r\nx\r\n") }
        #expect(try bench.received().status == 413)
        #expect(try bench.passedOn().last != ".")
    }

    @Test("are 408 if a request does not arrive in time", arguments: ["GET", "GET /a HTTP/1.1\r\nHost: a\r\nX:"])
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

    @Test("are 408 if a body does not arrive in time, of which partial consumers are told")
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

    @Test("are silent if no part of a request arrives")
    func idle() throws {
        bench.advance(by: bench.limits.idleTime)
        #expect(try bench.received() == "" && !bench.channel.isActive)
    }

    @Test("do not take a proxy for the client of an unreadable request")
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

    @Test("are counted on any thread")
    func counted() throws {
        let registry = PrometheusRegistry()
        let bench = try withMetricsFactory(registry) { try ConnectionBench() }
        try bench.send("HEAD / HTTP/1.1\r\n\r\n")
        let line = #"broker_http_requests_total{method="HEAD",route="none",status="400"} 1"#
        #expect(registry.text().contains(line))
    }

    @Test("are logged in a limited number of lines per second, and otherwise counted")
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

@Suite("A budget of log lines")
struct LineBudgetTests {
    @Test("writes the first ones of each second, and counts the others")
    func budget() {
        var budget = LineBudget(linesPerSecond: 2)
        var written: [Bool] = []
        for time in [7_000, 7_001, 7_002, 7_500, 7_999, 8_000] { written.append(budget.take(at: .milliseconds(time))) }
        #expect(written == [true, true, false, false, false, true])
        let unwritten = [budget.takeUnwritten(), budget.takeUnwritten()]
        #expect(unwritten == [3, 0])
    }
}
