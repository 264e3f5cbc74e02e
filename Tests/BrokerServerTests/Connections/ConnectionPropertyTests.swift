import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Whatever a client sends, a connection")
struct ConnectionPropertyTests {
    /// Parts of requests, some of them badly framed.
    private static let pieces = [
        "GET / HTTP/1.1\r\n", "POST /a HTTP/1.1\r\n", "HEAD / HTTP/1.0\r\n", "Host: a\r\n", "Host: a\r\n\r\n",
        "GET /b HTTP/1.1\r\nHost: a\r\n\r\n", "Content-Length: 3\r\n", "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\r\n", "\r\n", "\n", "abc", "3\r\nabc\r\n", "0\r\n\r\n",
        "Connection: Upgrade\r\nUpgrade: h2c\r\n",
        "Connection: close\r\n", "Expect: 100-continue\r\n", "X: y\r\n z\r\n", "\0", ":", " ",
    ]

    private static func bytes(seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...12, using: &generator)
        var text = ""
        for _ in 0..<count { text += pieces.randomElement(using: &generator) ?? "" }
        return Array(text.utf8)
    }

    /// What is passed on and what is answered, if each request is answered once it has arrived.
    private static func outcome(of bytes: [UInt8], inPiecesOf size: Int) throws -> (passedOn: String, received: [Int]) {
        let bench = try ConnectionBench()
        var rest = bytes[...]
        var (passedOn, received) = ("", "")
        while !rest.isEmpty {
            try? bench.send(String(decoding: rest.prefix(size), as: UTF8.self))
            rest = rest.dropFirst(size)
            while case let parts = try bench.passedOn(), !parts.isEmpty {
                passedOn += parts.joined()
                #expect(parts.filter { $0 == "." }.count <= 1 && !parts.dropLast().contains("."))
                if parts.last == "." { bench.answer() }
            }
            received += try bench.received()
        }
        let statuses = received.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
        return (passedOn, statuses)
    }

    @Test(
        "interprets it the same however it is split, and processes one request at a time",
        arguments: 0..<400 as Range<UInt64>)
    func splits(seed: UInt64) throws {
        let bytes = Self.bytes(seed: seed)
        let whole = try Self.outcome(of: bytes, inPiecesOf: bytes.count)
        for size in [1, 2, 3, 7, 16] {
            let split = try Self.outcome(of: bytes, inPiecesOf: size)
            #expect(split.received == whole.received, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            // A part of a body may be passed on before the rest is refused.
            #expect(split.passedOn.hasPrefix(whole.passedOn) || whole.passedOn.hasPrefix(split.passedOn))
        }
    }
}
