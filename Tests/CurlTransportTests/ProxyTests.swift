import BrokerTesting
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import CurlTransport

@Suite("An egress proxy", .timeLimit(.minutes(15)))
struct ProxyTests {
    @Test("provides a tunnel, through which TLS runs to the upstream", arguments: [true, false])
    func tunnel(isPlainProxy: Bool) async throws {
        try await withProxiedUpstream(isPlainProxy: isPlainProxy) { proxy, upstream in
            let policy = try upstream.policy(through: proxy)
            try await CurlTransport.withTransport { transport in
                for body in ["1", "2"] {
                    let response = try await transport.send(upstream.post(body), under: policy, within: .patience)
                    #expect(response.text == "{}")
                    #expect(!response.headerFields.contains { $0.name.canonicalName.contains("proxy") })
                }
            }
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.map(\.target) == ["localhost:\(upstream.server.port)"])
            #expect(upstream.requests.map(\.bodyText) == ["1", "2"])
            #expect(upstream.requests.map(\.target) == ["/exchange", "/exchange"])
        }
    }

    @Test("also provides a tunnel to an upstream without TLS, by the upstream's name")
    func plainUpstream() async throws {
        try await withProxiedUpstream(isPlain: true) { proxy, upstream in
            // A name that cannot be resolved here.
            let request = try upstream.request(.post, host: "login.example", body: "1")
            let response = try await CurlTransport.withTransport {
                try await $0.send(request, under: upstream.policy(through: proxy), within: .patience)
            }
            #expect(response.text == "{}")
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.map(\.target) == ["login.example:\(upstream.server.port)"])
            #expect(upstream.requests.map(\.bodyText) == ["1"])
        }
    }

    @Test("gets its credentials verbatim, and nothing of the request; the upstream gets none of them")
    func credentials() async throws {
        try await withProxiedUpstream { proxy, upstream in
            let policy = try upstream.policy(through: proxy, credentials: "us%65r:päss:w%6Frd")
            var request = try upstream.post()
            request.head.headerFields[.authorization] = "Bearer hunter2"
            let sent = request
            _ = try await CurlTransport.withTransport { try await $0.send(sent, under: policy, within: .patience) }
            let connect = try #require(proxy.requests.first)
            // printf 'us%%65r:päss:w%%6Frd' | base64
            #expect(connect.values(of: "Proxy-Authorization") == ["Basic dXMlNjVyOnDDpHNzOnclNkZyZA=="])
            #expect(connect.values(of: "Authorization") == [])
            #expect(connect.values(of: "Content-Type") == [])
            let received = try #require(upstream.requests.first)
            #expect(received.values(of: "Proxy-Authorization") == [])
            #expect(received.values(of: "Proxy-Connection") == [])
            #expect(received.values(of: "Authorization") == ["Bearer hunter2"])
        }
    }

    @Test("gets nothing if there are no credentials, even after requests that had some")
    func noCredentials() async throws {
        try await withProxiedUpstream { proxy, upstream in
            try await CurlTransport.withTransport { transport in
                for credentials in ["user:one", "user:other", nil] {
                    let policy = try upstream.policy(through: proxy, credentials: credentials)
                    _ = try await transport.send(upstream.post(), under: policy, within: .patience)
                }
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            // No request uses a tunnel that was opened with other credentials, or, without a proxy, any tunnel.
            let expected = [["Basic dXNlcjpvbmU="], ["Basic dXNlcjpvdGhlcg=="], []]
            #expect(proxy.requests.map { $0.values(of: "Proxy-Authorization") } == expected)
            #expect(upstream.requests.map(\.connection) == [1, 2, 3, 4])
        }
    }

    @Test(
        "that refuses has received nothing, and its answer is not the upstream's",
        arguments: [
            (407, TransportFailure.Reason.proxyAuthenticationFailed), (401, .proxyAuthenticationFailed),
            (403, .proxyRefused), (405, .proxyRefused), (302, .proxyRefused), (400, .proxyRefused),
            (408, .proxyUnavailable), (429, .proxyUnavailable), (500, .proxyUnavailable), (502, .proxyUnavailable),
            (503, .proxyUnavailable), (504, .proxyUnavailable),
        ], [nil, "user:password"]
    )
    func refusal(expected: (status: Int, reason: TransportFailure.Reason), credentials: String?) async throws {
        // An endless body, which is not read.
        let head = ServerResponse(
            status: expected.status,
            headers: [
                HeaderField("Proxy-Authenticate", "Basic realm=\"x\""), HeaderField("Location", "https://localhost/"),
            ],
            framing: .claimedLength(1 << 40)
        ).head
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            [.send(head), .flood(Array(repeating: 0x20, count: 16_384))]
        } _: { proxy in
            try await FakeUpstream.withUpstream { upstream in
                let policy = try upstream.policy(through: proxy, credentials: credentials)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(expected.reason, mayHaveLeft: false))
                #expect(proxy.requests.count == 1)
                #expect(upstream.server.connectionCount == 0)
            }
        }
    }

    @Test(
        "that disconnects, stalls, floods or uses another protocol has received nothing",
        arguments: [
            (ServerScript.reset, [TransportFailure.Reason.proxyConnectionFailed]),
            (.close, [.proxyConnectionFailed]),
            (.notHTTP, [.proxyConnectionFailed, .proxyMisbehaved]),
            (.endlessHeaders, [.proxyMisbehaved]),
            (.hang, [.timedOut]),
            (.unfinishedHeaders, [.timedOut]),
        ]
    )
    func fault(script: ServerScript, reasons: [TransportFailure.Reason]) async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            script
        } _: { proxy in
            try await FakeUpstream.withUpstream { upstream in
                var policy = try upstream.policy(through: proxy)
                if script.hangs { policy.connectTimeout = .milliseconds(300) }
                let hurried = policy
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: hurried)
                }
                #expect(reasons.contains(failure.reason), "\(failure.reason)")
                #expect(!failure.mayHaveLeft)
                #expect(upstream.server.connectionCount == 0)
            }
        }
    }

    @Test(
        "whose answer is not HTTP has received nothing, and is itself to blame",
        arguments: [
            "HTTP/1.1 200 OK\r\nA\0: b\r\n\r\n", "HTTP/1.1 200 OK\nX\n\n", "HTTP/1.1 200 OK\r\nX\r\n\r\n",
            "HTTP/1.1 200 OK\0\r\n\r\n", "HTTP/1.1 200 OK\r\n folded\r\n\r\n", "\u{1}\n\u{2}\n\n", "x\n", "\n\n\n",
            "\r\n\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 \r\n\r\n", "HTTP/1.1 2xx OK\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
            "ICY 200 OK\r\n\r\n", "HTTP/1.1 407 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\n",
        ]
    )
    func junk(answer: String) async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            [.send(Array(answer.utf8)), .close]
        } _: { proxy in
            try await FakeUpstream.withUpstream { upstream in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                let expected: Set<TransportFailure.Reason> = [
                    .proxyMisbehaved, .proxyConnectionFailed, .proxyAuthenticationFailed, .tlsRefused,
                    .connectionFailed,
                ]
                #expect(expected.contains(failure.reason), "\(failure.reason)")
                #expect(!failure.mayHaveLeft)
                #expect(upstream.server.connectionCount == 0)
            }
        }
    }

    @Test("whose tunnel speaks first is not mistaken for the upstream", arguments: [true, false])
    func earlyBytes(isPlain: Bool) async throws {
        let forged = "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            [.send(Array(forged.utf8)), .hang]
        } _: { proxy in
            try await FakeUpstream.withUpstream(isPlain: isPlain) { upstream in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(isPlain ? .proxyMisbehaved : .tlsRefused, mayHaveLeft: false))
            }
        }
    }

    @Test("without a listener is not connected to")
    func unreachable() async throws {
        let port = try ReservedPort()
        try await FakeUpstream.withUpstream { upstream in
            var policy = upstream.policy
            policy.proxy = EgressProxy(try #require(UpstreamURL("http://127.0.0.1:\(port.number)")))
            let proxied = policy
            let failure = try await CurlTransport.withTransport(environment: ["HTTPS_PROXY": "http://x:1"]) {
                try await $0.failure(of: upstream.post(), under: proxied)
            }
            #expect(failure == TransportFailure(.proxyConnectionFailed, mayHaveLeft: false))
        }
    }

    @Test("that cannot reach the upstream has received nothing")
    func unreachableUpstream() async throws {
        let port = try ReservedPort()
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            [.tunnel(toPort: port.number)]
        } _: { proxy in
            try await FakeUpstream.withUpstream { upstream in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(.proxyUnavailable, mayHaveLeft: false))
            }
        }
    }

    @Test("that loses the connection after the request leaves it in doubt")
    func lostAfterRequest() async throws {
        try await FakeUpstream.withUpstream(.resetBeforeResponse) { upstream in
            try await FakeUpstream.withUpstream(isPlain: true) { _ in
                [.tunnel(toPort: upstream.server.port)]
            } _: { proxy in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(.connectionLost, mayHaveLeft: true))
                #expect(upstream.requests.count == 1)
                #expect(proxy.requests.count == 1)
            }
        }
    }
}
