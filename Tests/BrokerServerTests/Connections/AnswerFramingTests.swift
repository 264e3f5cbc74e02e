import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("The framing of an answer")
struct AnswerFramingTests {
    private func framing(
        _ status: HTTPResponseStatus = .ok,
        _ fields: HTTPHeaders = ["Content-Length": "3"],
        to method: HTTPMethod = .GET,
        _ version: HTTPVersion = .http1_1,
        isLast: Bool = false
    ) -> AnswerFraming {
        AnswerFraming(
            HTTPResponseHead(version: .http1_1, status: status, headers: fields),
            to: HTTPRequestHead(version: version, method: method, uri: "/"), isLast: isLast)
    }

    @Test("keeps its existing framing")
    func plain() {
        let answer = framing()
        #expect(answer.hasBody && !answer.isLast && answer.head.headers == ["Content-Length": "3"])
    }

    @Test(
        "has no body after HEAD, whatever the status", arguments: [HTTPResponseStatus.ok, .notFound, .methodNotAllowed])
    func head(status: HTTPResponseStatus) {
        let answer = framing(status, to: .HEAD)
        #expect(!answer.hasBody && !answer.isLast && answer.head.headers == ["Content-Length": "3"])
        #expect(!framing(status, [:], to: .HEAD).head.headers.contains(name: "Transfer-Encoding"))
    }

    @Test("has no body if its status allows none", arguments: [HTTPResponseStatus.noContent, .notModified])
    func empty(status: HTTPResponseStatus) {
        let answer = framing(status)
        #expect(!answer.hasBody && !answer.isLast && answer.head.headers.isEmpty)
    }

    @Test("is chunked if its length is unknown, and in HTTP/1.0 ends with the connection")
    func unknownLength() {
        #expect(framing(.ok, [:]).head.headers == ["Transfer-Encoding": "chunked"])
        #expect(!framing(.ok, [:]).isLast)
        let old = framing(.ok, ["Transfer-Encoding": "chunked"], to: .GET, .http1_0)
        #expect(old.isLast && old.hasBody && old.head.headers == ["Connection": "close"])
    }

    @Test("says that it is the last, and is the last if it says so")
    func last() {
        #expect(framing(isLast: true).head.headers["Connection"] == ["close"])
        #expect(framing(.ok, ["Content-Length": "0", "Connection": "close"]).isLast)
    }

    @Test("tells a client of HTTP/1.0 that the connection stays")
    func old() {
        let answer = framing(to: .GET, .http1_0)
        #expect(!answer.isLast && answer.head.headers["Connection"] == ["keep-alive"])
    }
}
