import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("The framing of a request")
struct RequestFramingTests {
    private static let old = "POST /a HTTP/1.0"
    private static let plain = "POST /a HTTP/1.1"

    static let goodCases: [FramingCase] = [
        FramingCase(), FramingCase("GET /a?b=c HTTP/1.1"), FramingCase("GET http://a/b HTTP/1.1"),
        FramingCase("GET HTTPS://A:1?b HTTP/1.1", ["Host: a:1"]),
        FramingCase("OPTIONS * HTTP/1.1"), FramingCase("BREW /a HTTP/1.1"),
        FramingCase(plain, ["Host: a", "Content-Length: 5"], body: .bytes(5)),
        FramingCase(plain, ["host:  a:80 ", "content-length: 005"], body: .bytes(5)),
        FramingCase(plain, ["Host: a", "Content-Length: 100"], body: .bytes(100)),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked"], body: .chunked),
        FramingCase(plain, ["Host: a", "transfer-encoding:  CHUNKED "], body: .chunked),
        FramingCase(plain, ["Host: a", "Connection: close"], isPersistent: false),
        FramingCase(plain, ["Host: a", "Connection: keep-alive, Close"], isPersistent: false),
        FramingCase(plain, ["Host: a", "Connection: x", "Connection: close"], isPersistent: false),
        FramingCase(plain, ["Host: a", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"]),
        FramingCase(old, [], isPersistent: false), FramingCase(old, ["Host: a"], isPersistent: false),
        FramingCase(old, ["Connection: Keep-Alive"]),
        FramingCase(old, ["Connection: keep-alive, close"], isPersistent: false),
        FramingCase(old, ["Content-Length: 5"], body: .bytes(5), isPersistent: false),
        FramingCase(
            plain, ["Host: a", "Content-Length: 5", "Expect: 100-Continue"], body: .bytes(5), expectsContinue: true),
        FramingCase(
            plain, ["Host: a", "Transfer-Encoding: chunked", "Expect: 100-continue"], body: .chunked,
            expectsContinue: true),
        FramingCase(plain, ["Host: a", "Expect: 100-continue"]),
        FramingCase(old, ["Content-Length: 5", "Expect: 100-continue"], body: .bytes(5), isPersistent: false),
        FramingCase(old, ["Expect: x"], isPersistent: false), FramingCase(plain, ["Host: a", "X: a\tb"]),
    ]

    static let badCases: [FramingCase] = [
        FramingCase(plain, [], refused: .invalidHost),
        FramingCase(plain, ["Host: a", "Host: a"], refused: .invalidHost),
        FramingCase(plain, ["Host: a", "host: b"], refused: .invalidHost),
        FramingCase(plain, ["Host:"], refused: .invalidHost),
        FramingCase(plain, ["Host: a b"], refused: .invalidHost),
        FramingCase(plain, ["Host: a, b"], refused: .invalidHost),
        FramingCase(old, ["Host: a", "Host: a"], refused: .invalidHost),
        FramingCase(old, ["Host:"], refused: .invalidHost),
        FramingCase(plain, ["Host: a", "Transfer-Encoding:"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: ,chunked"], refused: .unsupportedTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked,"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: gzip"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: identity"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked, gzip"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked, chunked"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked;q=1"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: x\u{0B}chunked"], refused: .invalidField),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: gzip, chunked"], refused: .unsupportedTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: identity, chunked"], refused: .unsupportedTransferEncoding),
        FramingCase(
            plain, ["Host: a", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"],
            refused: .invalidTransferEncoding),
        FramingCase(
            plain, ["Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
            refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Transfer-Encoding: chunked", "Content-Length: 5"], refused: .ambiguousLength),
        FramingCase(plain, ["Host: a", "Content-Length: 0", "Transfer-Encoding:"], refused: .ambiguousLength),
        FramingCase(old, ["Transfer-Encoding: chunked"], refused: .invalidTransferEncoding),
        FramingCase(plain, ["Host: a", "Content-Length:"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: +5"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: -5"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: 5, 5"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: 0x5"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: 5", "Content-Length: 5"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: 99999999999999999999"], refused: .invalidContentLength),
        FramingCase(plain, ["Host: a", "Content-Length: 101"], refused: .bodyTooLong),
        FramingCase(plain, ["Host: a", "Content-Length: 101", "Expect: 100-continue"], refused: .bodyTooLong),
        FramingCase(plain, ["Host: a", "Expect: x"], refused: .unsupportedExpectation),
        FramingCase(plain, ["Host: a", "Expect: 100-continue, x"], refused: .unsupportedExpectation),
        FramingCase(plain, ["Host: a", "Expect:"], refused: .unsupportedExpectation),
        FramingCase(plain, ["Host: a", "X: a\r\n b"], refused: .invalidField),
        FramingCase(plain, ["Host: a", "X: a\u{0}b"], refused: .invalidField),
        FramingCase("CONNECT a:443 HTTP/1.1", refused: .unsupportedMethod),
        FramingCase("GET a HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET * HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET /a#b HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET /é HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET http://b/c HTTP/1.1", ["Host: a"], refused: .invalidHost),
        FramingCase("GET http://a:80/c HTTP/1.1", ["Host: a"], refused: .invalidHost),
        FramingCase("GET ftp://a/b HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET http:///b HTTP/1.1", refused: .invalidTarget),
        FramingCase("GET http://u@a/b HTTP/1.1", refused: .invalidTarget),
    ]

    @Test("says where it ends and whether another follows", arguments: goodCases)
    func accepted(_ good: FramingCase) throws {
        let framing = try RequestFraming(good.head, mostBodyBytes: 100)
        #expect(try framing.body == good.expected.get())
        #expect(framing.isPersistent == good.isPersistent)
        #expect(framing.expectsContinue == good.expectsContinue)
    }

    @Test("is refused if ambiguous", arguments: badCases)
    func refused(_ bad: FramingCase) throws {
        #expect(
            bad.expected
                == Result { try RequestFraming(bad.head, mostBodyBytes: 100).body }
                .mapError { $0 as? RequestRefusal ?? .unreadable })
    }

    @Test("says whether another protocol is offered", arguments: [(["Upgrade: h2c"], true), ([], false)])
    func upgrade(fields: [String], isOffered: Bool) throws {
        let framing = try RequestFraming(FramingCase("GET /a HTTP/1.1", ["Host: a"] + fields).head, mostBodyBytes: 100)
        #expect(framing.offersUpgrade == isOffered)
    }
}
