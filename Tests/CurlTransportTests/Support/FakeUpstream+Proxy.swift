import BrokerTesting
import CurlTransport
import IdentityBroker
import LoopbackServer
import Testing

/// Runs a body with an upstream that answers `{}`, and a proxy that leads to it.
func withProxiedUpstream(
    isPlain: Bool = false,
    isPlainProxy: Bool = true,
    _ body: (_ proxy: FakeUpstream, _ upstream: FakeUpstream) async throws -> Void
) async throws {
    try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
        .json("{}")
    } _: { upstream in
        try await FakeUpstream.withUpstream(isPlain: isPlainProxy, hasOwnAuthority: true) { _ in
            [.tunnel(toPort: upstream.server.port)]
        } _: { proxy in
            try await body(proxy, upstream)
        }
    }
}

extension FakeUpstream {
    /// A policy that allows this upstream, and reaches it through a proxy.
    func policy(through proxy: FakeUpstream, credentials: String? = nil) throws -> TransportPolicy {
        var policy = policy
        let url = try #require(UpstreamURL(proxy.baseURL))
        policy.proxy = EgressProxy(
            url,
            caFile: url.scheme == .https ? proxy.caFile : nil,
            credentials: try credentials.map { try ProxyCredentials(Secret($0)) }
        )
        return policy
    }
}
