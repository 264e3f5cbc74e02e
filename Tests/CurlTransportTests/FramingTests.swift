import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("The framing of an answer", .timeLimit(.minutes(15)))
struct FramingTests {
    private func outcome(of script: ServerScript, isPlain: Bool = false) async throws -> Result<
        UpstreamResponse, TransportFailure
    > {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { upstream in
            upstream.enqueue(script)
            return try await CurlTransport.withTransport { transport in
                do {
                    return .success(
                        try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                    )
                } catch let failure as TransportFailure {
                    return .failure(failure)
                }
            }
        }
    }

    private static func wire(_ text: String) -> ServerScript {
        [.send(Array(text.utf8)), .close]
    }

    @Test(
        "may be chunks, a length, or the end of the connection",
        arguments: [
            BodyFraming.contentLength, .chunked(size: 3), .untilClose,
        ], [false, true])
    func whole(framing: BodyFraming, isPlain: Bool) async throws {
        let script: ServerScript = [.respond(ServerResponse(body: Array("content".utf8), framing: framing)), .close]
        #expect(try await outcome(of: script, isPlain: isPlain).get().text == "content")
    }

    @Test(
        "that is truncated makes the answer malformed",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        ])
    func cutOff(text: String) async throws {
        let malformed = TransportFailure(.malformedResponse, mayHaveLeft: true)
        let outcome = try await outcome(of: Self.wire(text))
        #expect(outcome == .failure(malformed))
    }

    @Test(
        "that is missing fails",
        arguments: [
            "220 mail.example ESMTP\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothing hexadecimal\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 OK\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            "\r\n\r\n",
        ])
    func nonsense(text: String) async throws {
        guard case .failure(let failure) = try await outcome(of: Self.wire(text)) else {
            Issue.record("There was an answer")
            return
        }
        #expect([.malformedResponse, .connectionLost].contains(failure.reason))
        #expect(failure.mayHaveLeft)
    }

    // libcurl before 8.1 does not notice a missing close_notify, which would prove that the body is complete.
    @Test("by a truncated TLS connection is a loss, or leaves a body to its reader")
    func truncation() async throws {
        switch try await outcome(of: .truncated(#"{"code":200"#)) {
        case .success(let response): #expect(response.text == #"{"code":200"#)
        case .failure(let failure): #expect(failure == TransportFailure(.connectionLost, mayHaveLeft: true))
        }
    }

    @Test("that claims too little cuts the body there, and the rest answers no request")
    func shortLength() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("second")
        } _: { upstream in
            let next = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
            upstream.enqueue([.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\(next)".utf8))])
            try await CurlTransport.withTransport { transport in
                var texts: [String] = []
                for _ in 1...2 {
                    texts.append(
                        try await transport.send(upstream.post(), under: upstream.policy, within: .patience).text
                    )
                }
                #expect(texts == ["first", "second"])
            }
        }
    }

    @Test("skips interim answers with their fields")
    func interim() async throws {
        let text = """
            HTTP/1.1 100 Continue\r
            \r
            HTTP/1.1 103 Early Hints\r
            X-Early: yes\r
            \r
            HTTP/1.1 200 OK\r
            X-Final: yes\r
            Content-Length: 2\r
            \r
            {}
            """
        let response = try await outcome(of: Self.wire(text)).get()
        #expect(response.status == 200)
        #expect(response.headerFields.map(\.name.canonicalName) == ["x-final", "content-length"])
        #expect(response.text == "{}")
    }

    @Test("skips trailers")
    func trailers() async throws {
        let text = """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            Trailer: X-Late\r
            \r
            2\r
            {}\r
            0\r
            X-Late: yes\r
            \r

            """
        let response = try await outcome(of: Self.wire(text)).get()
        #expect(response.headerFields.map(\.name.canonicalName) == ["transfer-encoding", "trailer"])
        #expect(response.text == "{}")
    }

    @Test("with a status outside of 200 to 599 is malformed", arguments: ["000", "099", "600", "999"])
    func status(code: String) async throws {
        let malformed = TransportFailure(.malformedResponse, mayHaveLeft: true)
        let script = Self.wire("HTTP/1.1 \(code) Status\r\nContent-Length: 0\r\n\r\n")
        let outcome = try await outcome(of: script)
        #expect(outcome == .failure(malformed))
    }

    @Test("may omit the body", arguments: ["204", "304"])
    func bodiless(code: String) async throws {
        let response = try await outcome(of: Self.wire("HTTP/1.1 \(code) Status\r\n\r\n")).get()
        #expect("\(response.status.code)" == code)
        #expect(response.body.isEmpty)
    }

    @Test("may be that of HTTP/1.0")
    func oldVersion() async throws {
        #expect(try await outcome(of: Self.wire("HTTP/1.0 200 OK\r\n\r\n{}")).get().text == "{}")
    }
}
