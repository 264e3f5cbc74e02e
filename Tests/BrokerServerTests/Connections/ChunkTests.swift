import BrokerTesting
import Testing

@testable import BrokerServer

@Suite("A body in chunks")
struct ChunkTests {
    private static let head = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    private let bench: ConnectionBench

    init() throws {
        bench = try ConnectionBench()
    }

    private static func chunks(of size: Int, _ count: Int, extension text: String = "") -> String {
        String(
            repeating: String(size, radix: 16) + text + "\r\n" + String(repeating: "x", count: size) + "\r\n",
            count: count)
    }

    static let ordinary = [
        chunks(of: 100, 6) + "0\r\n\r\n",
        chunks(of: 1, 600) + "0\r\n\r\n",
        chunks(of: 20, 3000) + "0\r\n\r\n",
        chunks(of: 0x4000, 4) + "0\r\n\r\n",
        chunks(of: 100, 6, extension: ";a=b") + "0\r\nChecksum: 1\r\n\r\n",
        "1;a=\(String(repeating: "x", count: 4000))\r\nx\r\n0\r\n\r\n",
    ]

    @Test("passes with the overhead of an ordinary client", arguments: ordinary, [1 << 20, 1000])
    func passes(body: String, split: Int) throws {
        try bench.send(Self.head)
        try send(body, in: split)
        #expect(try bench.received() == "")
        #expect(try bench.passedOn().last == ".")
    }

    static let excessive = [
        chunks(of: 1, 900) + "0\r\n\r\n",
        chunks(of: 10, 4000) + "0\r\n\r\n",
        "1;a=\(String(repeating: "x", count: 5000))",
        String(repeating: "0", count: 5000),
        chunks(of: 1, 20, extension: ";a=\(String(repeating: "x", count: 300))") + "0\r\n\r\n",
        "1\r\nx\r\n0\r\n" + String(repeating: "X: \(String(repeating: "y", count: 500))\r\n", count: 12) + "\r\n",
    ]

    @Test("is refused if its overhead is excessive", arguments: excessive, [1 << 20, 1000])
    func refuses(body: String, split: Int) throws {
        try bench.send(Self.head)
        #expect(throws: RequestRefusal.excessiveChunks) { try send(body, in: split) }
        let answer = try bench.received()
        #expect(answer.status == 400)
        #expect(answer.values(of: "Connection") == ["close"])
        #expect(try bench.passedOn().last != ".")
        let lines = bench.log.entries.filter { $0.message == "request" }
        #expect(lines.map { $0.description.contains("excessiveChunks") } == [true])
        try bench.send(Self.head)
        #expect(try bench.passedOn() == [] && bench.received() == "")
    }

    @Test("is counted separately from the next one")
    func next() throws {
        for _ in 1...3 {
            try bench.send(Self.head + Self.chunks(of: 1, 600) + "0\r\n\r\n")
            #expect(try bench.passedOn().last == ".")
            bench.answer()
            #expect(try bench.received().status == 200)
        }
    }

    @Test(
        "may have a fixed overhead plus a quarter of its size",
        arguments: [(0, 100, false), (0, 101, true), (400, 200, false), (400, 201, true)]
    )
    func overhead(body: Int, framing: Int, isExcessive: Bool) {
        var overhead = ChunkOverhead(allowance: 100)
        overhead.receive(body + framing)
        overhead.takeBody(body)
        #expect(overhead.isExcessive == isExcessive)
    }

    private func send(_ text: String, in size: Int) throws {
        var rest = text[...]
        while !rest.isEmpty {
            try bench.send(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
    }
}
