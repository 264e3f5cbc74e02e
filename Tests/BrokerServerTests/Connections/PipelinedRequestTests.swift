import BrokerTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("Requests on one connection")
struct PipelinedRequestTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    private let bench: ConnectionBench

    init() throws {
        bench = try ConnectionBench()
    }

    @Test("end it when too many are sent without waiting")
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

    @Test("may be any number if the client waits for its answers")
    func sequence() throws {
        let bench = try ConnectionBench()
        for _ in 0...(2 * bench.limits.pipelineDepth) {
            try bench.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().values(of: "Connection") == [])
        }
    }

    @Test("are passed on one at a time, in order, even if sent at once")
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

    @Test("are passed on alike wherever the bytes are split", arguments: 1...12)
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

    @Test("wait until the client reads")
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

    @Test("end it if the client does not read an answer in time")
    func stalledWrite() throws {
        try bench.send(Self.get)
        bench.answer(flushing: false)
        bench.advance(by: bench.limits.answerTime - .nanoseconds(1))
        #expect(bench.channel.isActive)
        bench.advance(by: .nanoseconds(1))
        #expect(!bench.channel.isActive)
    }

    @Test("end it after the current answer if more is sent than it buffers")
    func flood() throws {
        try bench.send(Self.get)
        try bench.send(String(repeating: Self.get, count: 1 + bench.limits.pipelineSize / Self.get.utf8.count))
        #expect(try bench.passedOn() == ["/a", "."])
        bench.answer()
        #expect(try bench.received().values(of: "Connection") == ["close"])
        #expect(try bench.passedOn() == [])
    }
}
