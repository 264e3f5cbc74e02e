import Testing

@testable import IdentityBroker

@Suite("An egress policy")
struct EgressPolicyTests {
    /// The first and last address of every special block, with their neighbors outside it if those are public.
    private static let borders: [(inside: [String], outside: [String])] = [
        (["0.0.0.0", "0.255.255.255"], ["1.0.0.0"]),
        (["10.0.0.0", "10.255.255.255"], ["9.255.255.255", "11.0.0.0"]),
        (["100.64.0.0", "100.127.255.255"], ["100.63.255.255", "100.128.0.0"]),
        (["127.0.0.0", "127.0.0.1", "127.255.255.255"], ["126.255.255.255", "128.0.0.0"]),
        (["169.254.0.0", "169.254.169.254", "169.254.255.255"], ["169.253.255.255", "169.255.0.0"]),
        (["172.16.0.0", "172.31.255.255"], ["172.15.255.255", "172.32.0.0"]),
        (["192.0.0.0", "192.0.0.255"], ["191.255.255.255", "192.0.1.0"]),
        (["192.0.2.0", "192.0.2.255"], ["192.0.1.255", "192.0.3.0"]),
        (["192.88.99.0", "192.88.99.255"], ["192.88.98.255", "192.88.100.0"]),
        (["192.168.0.0", "192.168.255.255"], ["192.167.255.255", "192.169.0.0"]),
        (["198.18.0.0", "198.19.255.255"], ["198.17.255.255", "198.20.0.0"]),
        (["198.51.100.0", "198.51.100.255"], ["198.51.99.255", "198.51.101.0"]),
        (["203.0.113.0", "203.0.113.255"], ["203.0.112.255", "203.0.114.0"]),
        (["224.0.0.0", "239.255.255.255"], ["223.255.255.255"]),
        (["240.0.0.0", "255.255.255.255"], []),
        (
            [
                "::", "::1", "::7f00:1", "::ffff:0:7f00:1", "1::1", "64:ff9b::a00:1", "64:ff9b:1::", "100::",
                "100:0:0:1::",
                "400::1", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            ], ["2000::"]
        ),
        (["2001::", "2001:0:4136:e378::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"], ["2000:ffff::", "2001:200::"]),
        (["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"], ["2001:db7:ffff::", "2001:db9::"]),
        (["2002::", "2002:7f00:1::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], ["2001:ffff::", "2003::"]),
        (["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"], ["3ffe:ffff::", "3fff:1000::"]),
        (
            ["4000::1", "5f00::", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
            ["3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]
        ),
        (
            [
                "8000::1", "fc00::", "fd00::1", "fe00::1", "fe80::1", "fec0::", "ff02::1",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            ],
            []
        ),
    ]

    @Test("refuses every special address, and none next to one", arguments: Self.borders)
    func specialNetworks(inside: [String], outside: [String]) throws {
        let policy = EgressPolicy()
        for address in inside { #expect(try !policy.permits(#require(IPAddress(address))), "\(address)") }
        for address in outside { #expect(try policy.permits(#require(IPAddress(address))), "\(address)") }
    }

    @Test("has a rule for every block named above, and lost none to a typo")
    func count() {
        #expect(EgressPolicy.specialNetworks.count == Self.borders.count)
        #expect(Set(EgressPolicy.specialNetworks).count == EgressPolicy.specialNetworks.count)
        #expect(EgressPolicy().rules.count == EgressPolicy.specialNetworks.count)
    }

    @Test(
        "refuses an IPv4 address whichever way IPv6 carries it",
        arguments: [
            "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::10.0.0.1", "64:ff9b::10.0.0.1",
            "2002:a00:1::",
        ]
    )
    func carried(_ address: String) throws {
        #expect(try !EgressPolicy().permits(#require(IPAddress(address))))
    }

    @Test(
        "permits public addresses", arguments: ["1.1.1.1", "8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "2a00::1"])
    func publicAddresses(_ address: String) throws {
        #expect(try EgressPolicy().permits(#require(IPAddress(address))))
    }

    @Test("permits what its list allows, and nothing else")
    func allowList() throws {
        let policy = EgressPolicy(
            allowedNetworks: try [#require(IPNetwork("10.20.0.0/16")), #require(IPNetwork("::1"))]
        )
        for address in ["10.20.0.1", "::ffff:10.20.255.255", "::1", "8.8.8.8"] {
            #expect(try policy.permits(#require(IPAddress(address))), "\(address)")
        }
        for address in ["10.21.0.1", "127.0.0.1", "::2", "::ffff:10.21.0.1"] {
            #expect(try !policy.permits(#require(IPAddress(address))), "\(address)")
        }
    }

    @Test("allows no plain HTTP by default")
    func insecure() {
        #expect(!EgressPolicy().allowsInsecureHTTP)
    }
}

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
