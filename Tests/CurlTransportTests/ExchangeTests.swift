import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("An exchange", .timeLimit(.minutes(15)))
struct ExchangeTests {
    @Test("brings back status, fields and body", arguments: [false, true])
    func answer(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { upstream in
            upstream.enqueue(.json(#"{"code":200}"#, status: 201, headers: [HeaderField("X-Request-Id", "7")]))
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.request(), under: upstream.policy, within: .patience)
            }
            #expect(response.status == 201)
            #expect(response.headerFields[.contentType] == "application/json")
            #expect(response.headerFields[values: try #require(HTTPField.Name("x-request-id"))] == ["7"])
            #expect(response.text == #"{"code":200}"#)
        }
    }

    @Test("writes method, target, fields and body as given")
    func request() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            let request = try upstream.request(
                .post,
                "/oauth/app2wxapp/auth/pool?a=b%20c&d",
                fields: [.contentType: "application/json", .accept: "application/json"],
                body: #"{"ticket":"T"}"#
            )
            _ = try await CurlTransport.withTransport {
                try await $0.send(request, under: upstream.policy, within: .patience)
            }
            let received = try #require(upstream.requests.first)
            #expect(received.method == "POST")
            #expect(received.target == "/oauth/app2wxapp/auth/pool?a=b%20c&d")
            #expect(received.bodyText == #"{"ticket":"T"}"#)
            #expect(received.values(of: "Host") == ["localhost:\(upstream.server.port)"])
            #expect(received.values(of: "Content-Type") == ["application/json"])
            #expect(received.values(of: "Content-Length") == ["14"])
        }
    }

    @Test("sends no unrequested field, except the broker's fixed name")
    func ambientFields() async throws {
        let body = String(repeating: "b", count: 2 << 20)
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                for request in try [upstream.request(), upstream.request(.post, body: body), upstream.request(.post)] {
                    _ = try await transport.send(request, under: upstream.policy, within: .patience)
                }
            }
            let names = upstream.requests.map { $0.headers.map { $0.name.lowercased() }.sorted() }
            let always = ["accept", "host", "user-agent"]
            let withContent = ["accept", "content-length", "host", "user-agent"]
            #expect(names == [always, withContent, withContent])
            #expect(upstream.requests.first?.values(of: "User-Agent") == ["identity-broker"])
        }
    }

    @Test("sends a field without a value, and one that occurs twice")
    func unusualFields() async throws {
        let name = try #require(HTTPField.Name("X-Marker"))
        var fields = HTTPFields()
        fields.append(HTTPField(name: name, value: ""))
        fields.append(HTTPField(name: name, value: "a;b: c"))
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            let request = try upstream.request(fields: fields)
            _ = try await CurlTransport.withTransport {
                try await $0.send(request, under: upstream.policy, within: .patience)
            }
            #expect(upstream.requests.first?.values(of: "x-marker") == ["", "a;b: c"])
        }
    }

    @Test(
        "can use any method, with a body and without",
        arguments: [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options], ["", "content"]
    )
    func methods(method: HTTPRequest.Method, body: String) async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.request(method, body: body), under: upstream.policy, within: .patience)
            }
            #expect(upstream.requests.map(\.method) == [method.rawValue])
            #expect(upstream.requests.map(\.bodyText) == [body])
            #expect(response.text == "{}")
        }
    }

    @Test("can request only the fields")
    func head() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.request(.head), under: upstream.policy, within: .patience)
            }
            #expect(response.headerFields[.contentLength] == "2")
            #expect(response.body.isEmpty)
        }
    }

    @Test("leaves nothing to the next one on the same handle")
    func reset() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                let requests = try [
                    upstream.request(.put, "/1", fields: [.authorization: "Bearer s"], body: "secret"),
                    upstream.request(.head, "/2"),
                    upstream.request(.get, "/3"),
                    upstream.request(.post, "/4"),
                ]
                for request in requests {
                    _ = try await transport.send(request, under: upstream.policy, within: .patience)
                }
            }
            #expect(upstream.requests.map(\.method) == ["PUT", "HEAD", "GET", "POST"])
            #expect(upstream.requests.map(\.target) == ["/1", "/2", "/3", "/4"])
            #expect(upstream.requests.map(\.bodyText) == ["secret", "", "", ""])
            #expect(upstream.requests.map { $0.values(of: "Authorization") } == [["Bearer s"], [], [], []])
        }
    }

    @Test("goes where it is sent, wherever the same handle sent the previous one")
    func otherURLs() async throws {
        let targets = ["/1", "/1", "/2", "/1?a=1", "/1?a=1", "/1", "/1/../2", "/1?a=2", "/2?a=2"]
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { first in
            try await FakeUpstream.withUpstream(isPlain: true) { _ in
                .json("{}")
            } _: { second in
                try await CurlTransport.withTransport { transport in
                    for target in targets {
                        for upstream in [first, second] {
                            let request = try upstream.request(.get, target)
                            _ = try await transport.send(request, under: upstream.policy, within: .patience)
                        }
                    }
                    for target in targets {
                        _ = try await transport.send(
                            first.request(.get, target),
                            under: first.policy,
                            within: .patience
                        )
                    }
                }
                #expect(first.requests.map(\.target) == targets + targets)
                #expect(second.requests.map(\.target) == targets)
            }
        }
    }

    @Test("does not follow a redirect")
    func redirect() async throws {
        try await FakeUpstream.withUpstream { _ in
            .redirect(to: "/elsewhere")
        } _: { upstream in
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            #expect(response.status == .found)
            #expect(response.headerFields[.location] == "/elsewhere")
            #expect(upstream.requests.count == 1)
        }
    }
}
