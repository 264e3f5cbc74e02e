import BrokerConfiguration
import IdentityBroker
import Testing

@Suite("Limits and network rules")
struct LimitsAndNetworkTests {
    private func yaml(_ member: String) -> String {
        "version: 1\nproviders:\n  p:\n    type: plain\n    \(member)"
    }

    private func entry(_ member: String) throws -> ProviderEntry {
        try #require(try Configuration(yaml(member))["p"])
    }

    @Test("Omitted settings have the core's defaults")
    func defaults() throws {
        let entry = try entry("enabled: true")
        #expect(entry.limits == ProviderLimits())
        #expect(entry.network == NetworkPolicy())
    }

    @Test("Limits are read")
    func limits() throws {
        let entry = try entry(
            """
            limits:
                  timeout: 5m
                  connectTimeout: 250ms
                  concurrency: 100000
                  queue: 0
                  rate: { logins: 100, per: 1s, burst: 200 }
                  callerRate: { logins: 10, per: 1m }
                  breaker: { failures: 3, openFor: 24h }
                  responseSize: 16MiB
            """
        )
        let expected = ProviderLimits(
            timeout: .seconds(300),
            connectTimeout: .milliseconds(250),
            concurrency: 100_000,
            queue: 0,
            rate: RateLimit(logins: 100, per: .seconds(1), burst: 200),
            callerRate: RateLimit(logins: 10, per: .seconds(60), burst: 10),
            breaker: CircuitBreakerLimit(failures: 3, openFor: .seconds(86_400)),
            responseSize: 16_777_216
        )
        #expect(entry.limits == expected)
    }

    @Test(
        "Each setting of a breaker has a default, and failures: 0 disables it",
        arguments: [
            ("{}", CircuitBreakerLimit()),
            ("{ failures: 2 }", CircuitBreakerLimit(failures: 2, openFor: CircuitBreakerLimit().openFor)),
            ("{ openFor: 1m }", CircuitBreakerLimit(openFor: .seconds(60))),
            ("{ failures: 0 }", nil),
            ("{ failures: 0, openFor: 1m }", nil),
        ]
    )
    func breaker(breaker: String, expected: CircuitBreakerLimit?) throws {
        #expect(try entry("limits: { breaker: \(breaker) }").limits.breaker == expected)
    }

    @Test("A timeout shorter than the default connect timeout shortens that default")
    func shortTimeout() throws {
        let limits = try entry("limits: { timeout: 2s }").limits
        #expect(limits.timeout == .seconds(2))
        #expect(limits.connectTimeout == .seconds(2))
    }

    @Test(
        "Limits beyond their range are refused",
        arguments: [
            ("timeout: 301s", "5:24: Expected a time of at most 5m."),
            ("timeout: 24h", "5:24: Expected a time of at most 5m."),
            (
                "connectTimeout: 11s",
                "5:31: Expected a time no longer than 'timeout', which is 10s by default."
            ),
            (
                "timeout: 1s, connectTimeout: 1001ms",
                "5:44: Expected a time no longer than 'timeout', which is 10s by default."
            ),
            ("concurrency: 0", "5:28: Expected a whole number from 1 to 100000. Write it in digits, without quotes."),
            (
                "concurrency: 100001",
                "5:28: Expected a whole number from 1 to 100000. Write it in digits, without quotes."
            ),
            ("queue: -1", "5:22: Expected a whole number from 0 to 100000. Write it in digits, without quotes."),
            ("queue: 100001", "5:22: Expected a whole number from 0 to 100000. Write it in digits, without quotes."),
            ("rate: 100", "5:21: Expected a mapping, found a single value."),
            (
                "rate: { per: 1s }",
                "5:21: 'logins' is missing. How many logins may begin within the period, in the long run."
            ),
            ("rate: { logins: 1 }", "5:21: 'per' is missing. The period, at most 24h."),
            ("rate: { logins: 1, per: 0s }", "5:39: Expected a time. Write a time such as 250ms, 10s, 5m or 24h."),
            ("rate: { logins: 1, per: 25h }", "5:39: Expected a time of at most 24h."),
            (
                "rate: { logins: 0, per: 1s }",
                "5:31: Expected a whole number from 1 to 1000000. Write it in digits, without quotes."
            ),
            (
                "callerRate: { logins: 1, per: 1s, burst: 0 }",
                "5:56: Expected a whole number from 1 to 1000000. Write it in digits, without quotes."
            ),
            ("callerRate: { logins: 1, per: 86401s }", "5:45: Expected a time of at most 24h."),
            (
                "callerRate: { login: 1, per: 1s }",
                "5:29: Unknown key 'login'. Did you mean 'logins'?"
            ),
            (
                "breaker: { failures: -1 }",
                "5:36: Expected a whole number from 0 to 1000000. Write it in digits, without quotes."
            ),
            ("breaker: { openFor: 25h }", "5:35: Expected a time of at most 24h."),
            ("breaker: { openfor: 1s }", "5:26: Unknown key 'openfor'. Did you mean 'openFor'?"),
            ("responseSize: 1023B", "5:29: Expected a size from 1KiB to 16MiB."),
            ("responseSize: 17MiB", "5:29: Expected a size from 1KiB to 16MiB."),
        ]
    )
    func ranges(limits: String, expected: String) throws {
        #expect(try problems(in: yaml("limits: { \(limits) }")) == [expected])
    }

    @Test("Network rules are read")
    func network() throws {
        let network = try entry(
            "network: { caFile: ca.pem, allowAddresses: [10.20.0.0/16, 'fd00::/8', 192.0.2.1], "
                + "allowInsecureHTTP: true, reuseConnections: false }"
        ).network
        #expect(network.caFile == "/etc/broker/ca.pem")
        #expect(network.egress.allowsInsecureHTTP && !network.reusesConnections)
        let networks = ["10.20.0.0/16", "fd00::/8", "192.0.2.1"].compactMap { IPNetwork($0) }
        #expect(network.egress.allowedNetworks == networks)
    }

    @Test("A proxy is read, without its credentials")
    func proxy() throws {
        let proxy = try entry(
            "network: { proxy: { url: 'https://proxy.internal:3129', credentials: { env: P }, caFile: ca.pem } }"
        ).network.proxy
        #expect(proxy?.url.description == "https://proxy.internal:3129")
        #expect(proxy?.caFile == "/etc/broker/ca.pem")
        #expect(proxy?.credentials == nil)
    }

    @Test(
        "A senseless proxy is refused",
        arguments: [
            ("{}", "5:23: 'url' is missing. \(urlDocumentation)"),
            (
                "{ url: 'socks5://proxy:1080' }",
                "5:30: Expected a URL. Write an absolute URL such as https://id.example.com, without query, fragment or "
                    + "user name."
            ),
            ("{ url: 'http://proxy:3128/path' }", "5:30: A proxy's URL has no path. Write only scheme, host and port."),
            (
                "{ url: 'http://proxy:3128', caFile: ca.pem }",
                "5:59: caFile is only for an https proxy. Remove it, or check the URL."
            ),
            (
                "{ url: 'http://proxy:3128', credentials: 'user:hunter2' }",
                "5:64: A secret cannot be written here directly. Write a reference: { env: NAME } for an environment variable, "
                    + "{ file: PATH } for a file, or { literal: \"…\" } to write it in this file."
            ),
        ]
    )
    func refusedProxy(proxy: String, expected: String) throws {
        #expect(try problems(in: yaml("network: { proxy: \(proxy) }")) == [expected])
    }

    private static let urlDocumentation = """
        The proxy's URL, such as http://proxy.internal:3128. If its address is private, allowAddresses must include \
        it. The proxy resolves the upstream's name.
        """

    @Test(
        "A network that is not what it looks like is refused, and the intended one is suggested",
        arguments: [
            (
                "10.20.1.0/16",
                "Bits are set beyond the prefix. Write 10.20.0.0/16 for the network, or a single address without a prefix."
            ),
            (
                "10.20.255.255/12",
                "Bits are set beyond the prefix. Write 10.16.0.0/12 for the network, or a single address without a prefix."
            ),
            (
                "1.2.3.4/0",
                "Bits are set beyond the prefix. Write 0.0.0.0/0 for the network, or a single address without a prefix."
            ),
            (
                "'fd00:1234::/8'",
                "Bits are set beyond the prefix. Write fd00::/8 for the network, or a single address without a prefix."
            ),
            (
                "'2001:db8:ffff::1/33'",
                "Bits are set beyond the prefix. Write 2001:db8:8000::/33 for the network, or a single address without a prefix."
            ),
            (
                "'::ffff:10.0.0.1'",
                "This is an IPv4 network written as IPv6. Write it as IPv4."
            ),
            ("10.0.0.0/33", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
            ("10.0.0.0/-1", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
            ("10.0.0/8", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
            ("010.0.0.0/8", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
            ("localhost", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
            ("''", "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."),
        ]
    )
    func networks(network: String, expected: String) throws {
        #expect(try problems(in: yaml("network: { allowAddresses: [\(network)] }")) == ["5:33: \(expected)"])
    }
}
