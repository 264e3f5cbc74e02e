import BrokerTesting
import CurlTransport
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A limit on an answer", .timeLimit(.minutes(15)))
struct LimitTests {
    private static let bodyTooLarge = TransportFailure(.bodyTooLarge, mayHaveLeft: true)
    private static let headersTooLarge = TransportFailure(.headersTooLarge, mayHaveLeft: true)

    @Test("accepts a body that just fits", arguments: [BodyFraming.contentLength, .chunked(size: 7), .untilClose])
    func exactBody(framing: BodyFraming) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let body = [UInt8](repeating: 0x62, count: 1000)
            upstream.enqueue([.respond(ServerResponse(body: body, framing: framing)), .close])
            var policy = upstream.policy
            policy.maximumBodyBytes = 1000
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.post(), under: policy, within: .patience)
            }
            #expect(response.body == body)
        }
    }

    @Test(
        "stops a body that is a byte too long",
        arguments: [
            BodyFraming.contentLength, .chunked(size: 7), .untilClose,
        ])
    func bodyOneOver(framing: BodyFraming) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let body = [UInt8](repeating: 0x62, count: 1001)
            upstream.enqueue([.respond(ServerResponse(body: body, framing: framing)), .close])
            var policy = upstream.policy
            policy.maximumBodyBytes = 1000
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: policy)
            }
            #expect(failure == Self.bodyTooLarge)
        }
    }

    @Test("of zero accepts only an empty body")
    func noBody() async throws {
        try await FakeUpstream.withUpstream { upstream in
            upstream.enqueue(.json(""), .json("1"))
            var policy = upstream.policy
            policy.maximumBodyBytes = 0
            try await CurlTransport.withTransport { transport in
                let response = try await transport.send(upstream.post(), under: policy, within: .patience)
                #expect(response.body.isEmpty)
                #expect(try await transport.failure(of: upstream.post(), under: policy) == Self.bodyTooLarge)
            }
        }
    }

    @Test("stops an endless body, and closes the connection")
    func endlessBody() async throws {
        try await FakeUpstream.withUpstream(.endlessBody) { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == Self.bodyTooLarge)
            try await upstream.server.waitForClosedConnections(1)
        }
    }

    @Test("accepts a body of megabytes if it is high enough")
    func largeBody() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let body = [UInt8](repeating: 0x62, count: 4 << 20)
            upstream.enqueue(.respond(body: body))
            var policy = upstream.policy
            policy.maximumBodyBytes = 4 << 20
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.post(), under: policy, within: .patience)
            }
            #expect(response.body == body)
        }
    }

    @Test(
        "stops an endless header section",
        arguments: [
            "X-Filler: fffffffffffffffffffffffffffff\r\n",  // fields
            "ffffffffffffffffffffffffffffffff",  // one field
            "\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>",  // one interim answer after the other
        ])
    func endlessHead(chunk: String) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let chunks = String(repeating: chunk, count: 100)
            upstream.enqueue([.send(Array("HTTP/1.1 103 Early Hints\r\nX-F: f".utf8)), .flood(Array(chunks.utf8))])
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == Self.headersTooLarge)
        }
    }

    @Test("stops endless trailers")
    func endlessTrailers() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
            let trailer = String(repeating: "X-Filler: f\r\n", count: 100)
            upstream.enqueue([.send(Array(head.utf8)), .flood(Array(trailer.utf8))])
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == Self.headersTooLarge)
        }
    }

    @Test("on header bytes counts the status line, every field and the empty line", arguments: [0, -1])
    func exactHead(difference: Int) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let answer = ServerResponse(headers: [HeaderField("X-Filler", "f")], body: [0x31])
            upstream.enqueue([.respond(answer)])
            var policy = upstream.policy
            policy.maximumHeaderBytes = answer.head.count + difference
            try await CurlTransport.withTransport { transport in
                if difference == 0 {
                    let response = try await transport.send(upstream.post(), under: policy, within: .patience)
                    #expect(response.body == [0x31])
                } else {
                    #expect(try await transport.failure(of: upstream.post(), under: policy) == Self.headersTooLarge)
                }
            }
        }
    }

    @Test("applies to header fields even if the policy has none", arguments: [1001, 70_000])
    func manyFields(count: Int) async throws {
        try await FakeUpstream.withUpstream { upstream in
            upstream.enqueue(.respond(headers: Array(repeating: HeaderField("a", ""), count: count)))
            var policy = upstream.policy
            policy.maximumHeaderBytes = .max
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: policy)
            }
            #expect(failure == Self.headersTooLarge)
        }
    }
}
