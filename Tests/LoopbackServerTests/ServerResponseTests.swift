import LoopbackServer
import Testing

@Suite("A server response")
struct ServerResponseTests {
    @Test(
        "states its body's length as configured",
        arguments: [
            (BodyFraming.contentLength, "Content-Length: 5\r\n\r\nhello"),
            (.claimedLength(9), "Content-Length: 9\r\n\r\nhello"),
            (.chunked(size: 3), "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
            (.chunked(size: 16), "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            (.untilClose, "\r\nhello"),
        ]
    )
    func framing(_ framing: BodyFraming, _ rest: String) {
        let response = ServerResponse(status: 201, body: Array("hello".utf8), framing: framing)
        #expect(String(decoding: response.head + response.content, as: UTF8.self) == "HTTP/1.1 201 Created\r\n" + rest)
    }

    @Test("puts its own header fields first")
    func headers() {
        let response = ServerResponse(status: 204, headers: [HeaderField("A", "1"), HeaderField("A", "2")])
        #expect(
            String(decoding: response.head, as: UTF8.self)
                == "HTTP/1.1 204 No Content\r\nA: 1\r\nA: 2\r\nContent-Length: 0\r\n\r\n"
        )
    }
}
