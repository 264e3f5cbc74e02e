import Testing

@testable import IdentityBroker

@Suite("URLs that the egress policy refuses")
struct RefusedURLTests {
    @Test(
        "A URL is refused for its scheme, or for an address that needs no resolver",
        arguments: [
            ("https://a.example", false, [], nil), ("http://a.example", false, [], .insecureRefused),
            ("http://10.0.0.1", false, ["10.0.0.0/8"], .insecureRefused),
            ("https://10.0.0.1", false, [], .addressRefused), ("https://10.0.0.1", false, ["10.0.0.0/8"], nil),
            ("https://[::1]", false, [], .addressRefused), ("https://[::1]", true, ["::1"], nil),
            ("https://[::ffff:10.0.0.1]", false, [], .addressRefused),
            ("https://localhost", false, [], .addressRefused),
            ("https://a.localhost", false, [], .addressRefused),
            // One permitted address is enough for a direct connection, but a proxy could connect to the other.
            ("https://localhost", false, ["127.0.0.0/8"], nil),
            ("https://localhost", true, ["127.0.0.0/8"], .addressRefused),
            ("https://localhost", true, ["127.0.0.0/8", "::1"], nil),
            ("https://a.example", true, [], nil),
        ] as [(String, Bool, [String], TransportFailure.Reason?)]
    )
    func url(text: String, isProxied: Bool, allowed: [String], reason: TransportFailure.Reason?) throws {
        let policy = EgressPolicy(allowedNetworks: allowed.compactMap { IPNetwork($0) })
        let url = try #require(UpstreamURL(text))
        #expect(policy.refusal(of: url, isProxied: isProxied) == reason)
    }

    @Test("Plain HTTP is permitted if the policy allows it")
    func insecure() throws {
        let policy = EgressPolicy(allowsInsecureHTTP: true)
        let url = try #require(UpstreamURL("http://a.example"))
        #expect(policy.refusal(of: url, isProxied: false) == nil)
        #expect(policy.permits(.http))
        #expect(!EgressPolicy().permits(.http))
    }

    @Test("A proxy is refused for its address, and not for plain HTTP")
    func proxy() throws {
        func refusal(of text: String) throws -> TransportFailure.Reason? {
            let url = try #require(UpstreamURL(text))
            let proxy = try #require(EgressProxy(url))
            return EgressPolicy().refusal(of: proxy)
        }
        #expect(try refusal(of: "http://10.0.0.1:3128") == .proxyAddressRefused)
        #expect(try refusal(of: "http://proxy.example:3128") == nil)
    }
}
