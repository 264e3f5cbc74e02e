import BrokerConfiguration
import BrokerServing
import BrokerTokens
import IdentityBroker
import Testing

@Suite("The settings of the service")
struct ServerSettingsTests {
    private func yaml(_ members: String) -> String {
        "version: 1\nproviders: {}\nserver:\n  keyEncryptionKey: { env: KEK }\n\(members)"
    }

    private func server(_ members: String = "") throws -> ServerEntry {
        try #require(try Configuration(yaml(members)).server)
    }

    @Test("Nothing is served without a server section")
    func absent() throws {
        #expect(try Configuration("version: 1\nproviders: {}").server == nil)
    }

    @Test("Defaults are safe: only this machine, no trusted proxies, no metrics for others")
    func defaults() throws {
        let server = try server()
        #expect(server.issuer == nil)
        #expect(server.listen == .standard)
        #expect(server.listen.isLoopback)
        #expect(server.operations == nil)
        #expect(server.tls == nil)
        #expect(server.trustedProxies == [])
        #expect(server.metricsNetworks == IPNetwork.loopback)
        #expect(server.lifetimes == .standard)
        #expect(server.sessionLifetimes == .standard)
        #expect(server.loginPages == LoginPages())
        #expect(server.rotation.period == KeyRotation.standard.period)
        #expect(server.requests == RequestLimits())
        #expect(server.bounds == RequestBounds())
        #expect(server.connections == ConnectionCapacity())
        #expect(server.drain == DrainTimes())
    }

    @Test("Every setting is read")
    func everything() throws {
        let server = try server(
            """
              issuer: https://login.example.com
              listen: "[::]:8443"
              operations: { listen: 127.0.0.1:9090 }
              tls: { certificateFile: c.pem, keyFile: /k.pem }
              trustedProxies: [10.0.0.0/8]
              forwardingHeader: Forwarded
              metricsFrom: [10.1.0.0/16]
              tokens:
                accessTokenLifetime: 5m
                idTokenLifetime: 2m
                refreshTokenLifetime: 48h
                refreshTokenIdleLifetime: 2h
                refreshGrace: 10s
                keyRotation: 240h
              login:
                title: Example
                logo: logo.SVG
                accent: "#0B7a75"
                templates: pages/
                locales: [zh-Hans]
              sessions: { idle: 720h, lifetime: 1m }
              limits:
                requestSize: 8KiB
                concurrency: 64
                connectionsPerAddress: 32
                clientRate: { requests: 10, per: 1s, burst: 20 }
                addressRate: { requests: 5, per: 1m }
                transactionRate: { requests: 7, per: 2m, burst: 9 }
                drainDelay: 0s
                drain: 5s
            """
        )
        #expect(server.issuer == "https://login.example.com")
        #expect(server.listen == ListenAddress("[::]:8443"))
        #expect(server.operations == ListenAddress("127.0.0.1:9090"))
        #expect(server.tls?.certificate == "/etc/broker/c.pem")
        #expect(server.tls?.key == "/k.pem")
        #expect(server.trustedProxies == [IPNetwork("10.0.0.0/8")])
        #expect(server.forwardingHeader == .forwarded)
        #expect(server.metricsNetworks == [IPNetwork("10.1.0.0/16")])
        #expect(server.lifetimes.accessToken == .seconds(300))
        #expect(server.lifetimes.idToken == .seconds(120))
        #expect(server.lifetimes.refreshAbsolute == .seconds(172_800))
        #expect(server.lifetimes.refreshIdle == .seconds(7_200))
        #expect(server.lifetimes.refreshGrace == .seconds(10))
        #expect(server.rotation.period == .seconds(864_000))
        #expect(server.rotation.longestTokenLifetime == .seconds(300))
        #expect(server.bounds.bodySize == 8192)
        #expect(server.requests.concurrency == 64)
        #expect(server.connections.perAddress == 32)
        #expect(server.requests.clientRate == RateLimit(logins: 10, per: .seconds(1), burst: 20))
        #expect(server.requests.addressRate == RateLimit(logins: 5, per: .seconds(60)))
        #expect(server.requests.transactionRate == RateLimit(logins: 7, per: .seconds(120), burst: 9))
        #expect(
            server.loginPages
                == LoginPages(
                    title: "Example", logo: "/etc/broker/logo.SVG", accent: "#0B7a75",
                    templates: "/etc/broker/pages/", languages: [.simplifiedChinese]))
        #expect(server.sessionLifetimes.idle == .seconds(2_592_000))
        #expect(server.sessionLifetimes.lifetime == .seconds(60))
        #expect(server.drain.delay == .zero)
        #expect(server.drain.requests == .seconds(5))
    }

    @Test(
        "Unsafe or meaningless values are refused at their position",
        arguments: [
            ("  listen: localhost:80", "Expected an address and a port"),
            ("  listen: 127.0.0.1", "Expected an address and a port"),
            ("  listen: 127.0.0.1:080", "Expected an address and a port"),
            ("  listen: 0.0.0.0:8080", "'issuer' is missing"),
            ("  issuer: http://login.example.com", "Use https"),
            ("  issuer: https://login.example.com?x=1", "Write an absolute URL"),
            ("  tls: { certificateFile: c.pem }", "'keyFile' is missing"),
            ("  trustedProxies: [10.0.0.1/8]", "Bits are set beyond the prefix"),
            ("  tokens: { accessTokenLifetime: 30s }", "Expected a time of 1m to 24h"),
            ("  tokens: { refreshTokenLifetime: 1m }", "Expected a time of 1h to 8784h"),
            ("  tokens: { refreshTokenLifetime: 2h, refreshTokenIdleLifetime: 3h }", "1h to the refreshTokenLifetime"),
            ("  tokens: { refreshGrace: 6m }", "at most 5m"),
            ("  tokens: { keyRotation: 1h }", "24h to 8784h"),
            ("  tokens: { keyRotation: 24h }", "must be longer than the overlap"),
            ("  sessions: { idle: 59s }", "Expected a time of 1m to 720h"),
            ("  sessions: { lifetime: 721h }", "Expected a time of 1m to 720h"),
            ("  login: { title: '' }", "1 to 60 characters"),
            ("  login: { title: \(String(repeating: "x", count: 61)) }", "1 to 60 characters"),
            ("  login: { logo: logo.gif }", ".svg or .png"),
            ("  login: { accent: teal }", "Expected a color"),
            ("  login: { accent: '#0b7a7' }", "Expected a color"),
            ("  login: { accent: '#0b7a7g' }", "Expected a color"),
            ("  login: { locales: [] }", "The list is empty"),
            ("  login: { locales: [en, en] }", "listed twice"),
            ("  login: { locales: [de] }", "Expected one of en, zh-Hans"),
            ("  login: { css: a.css }", "Unknown key 'css'"),
            ("  limits: { transactionRate: { requests: 0, per: 1s } }", "Expected"),
            ("  limits: { transactionRate: { requests: 1 } }", "'per' is missing"),
            ("  limits: { requestSize: 2MiB }", "1KiB to 1MiB"),
            ("  limits: { concurrency: 0 }", "Expected"),
            ("  limits: { connectionsPerAddress: 0 }", "Expected"),
            ("  operations: {}", "'listen' is missing"),
            ("  operations: { listen: localhost:9090 }", "Expected an address and a port"),
            ("  operations: { listen: 127.0.0.1:8080 }", "'server.listen' already uses this address"),
            (
                "  listen: 0.0.0.0:80\n  issuer: https://a.example\n  operations: { listen: 127.0.0.1:80 }",
                "already uses this address"
            ),
            ("  listen: 127.0.0.1:80\n  operations: { listen: \"[::]:80\" }", "already uses this address"),
            ("  limits: { clientRate: { logins: 1, per: 1s } }", "Unknown key 'logins'"),
            ("  limits: { drain: 11m }", "at most 10m"),
            ("  limits: { drainDelay: 11m }", "at most 10m"),
            ("  keyencryptionkey: x", "Unknown key 'keyencryptionkey'"),
        ]
    )
    func refused(members: String, message: String) throws {
        #expect(try problems(in: yaml(members)).contains { $0.contains(message) })
    }

    @Test(
        "An http issuer is only allowed on this machine",
        arguments: ["http://127.0.0.1:8080", "http://[::1]:1", "http://localhost"])
    func localIssuer(issuer: String) throws {
        #expect(try server("  issuer: \"\(issuer)\"").issuer == issuer)
    }

    @Test("The key encryption key is a reference, read when needed")
    func keyEncryptionKey() throws {
        let server = try server()
        let key = String(repeating: "k", count: 32)
        let resolver = SecretResolver(environment: { $0 == "KEK" ? key : nil }, readFile: { _ in [] })
        #expect(try server.keyEncryptionKey(resolver: resolver) == Secret(key))
        for short in [nil, "", String(key.dropLast())] {
            let resolver = SecretResolver(environment: { _ in short }, readFile: { _ in [] })
            let error = #expect(throws: ConfigurationError.self) { try server.keyEncryptionKey(resolver: resolver) }
            #expect(error?.problems.map(\.keyPath) == ["server.keyEncryptionKey"])
        }
    }

    @Test("Plain HTTP to other machines without a proxy causes a warning")
    func plainHTTP() throws {
        let resolver = SecretResolver(environment: { _ in String(repeating: "k", count: 32) }, readFile: { _ in [] })
        let text = "  listen: 0.0.0.0:80\n  issuer: https://a.example"
        let open = try Configuration(yaml(text)).check(resolver: resolver)
        #expect(open.warnings.map(\.keyPath) == ["server.listen", "", "", "stores"])
        let behindProxy = try Configuration(yaml(text + "\n  trustedProxies: [10.0.0.0/8]")).check(resolver: resolver)
        #expect(behindProxy.warnings.map(\.keyPath) == ["", "", "stores"])
    }

    @Test(
        "Opening to everyone what is for a few causes a warning",
        arguments: [
            ("  trustedProxies: [0.0.0.0/0]", ["server.trustedProxies"]),
            ("  trustedProxies: [10.0.0.0/8, '::/0']", ["server.trustedProxies"]),
            ("  trustedProxies: [128.0.0.0/1]", ["server.trustedProxies"]),
            ("  trustedProxies: [10.0.0.0/8, 'fc00::/7']", []),
            ("  metricsFrom: [0.0.0.0/0]", ["server.metricsFrom"]),
            ("  metricsFrom: ['2000::/3']", ["server.metricsFrom"]),
            ("  metricsFrom: [10.0.0.0/8]", []),
            ("  metricsFrom: [0.0.0.0/0]\n  operations: { listen: 127.0.0.1:9090 }", []),
            ("  metricsFrom: [0.0.0.0/0]\n  operations: { listen: 10.0.0.1:9090 }", ["server.metricsFrom"]),
            ("  operations: { listen: 0.0.0.0:9090 }", ["server.operations.listen"]),
            ("  operations: { listen: '[::]:9090' }", ["server.operations.listen"]),
            ("  operations: { listen: 10.0.0.1:9090 }", []),
        ]
    )
    func openToEverybody(members: String, warned: [String]) throws {
        let resolver = SecretResolver(environment: { _ in String(repeating: "k", count: 32) }, readFile: { _ in [] })
        let warnings = try Configuration(yaml(members)).check(resolver: resolver).warnings
        #expect(warnings.map(\.keyPath).filter { $0.hasPrefix("server") } == warned)
    }

    @Test("An origin on the user's own machine causes a warning if the service is for others")
    func developmentOrigin() throws {
        let resolver = SecretResolver(environment: { _ in String(repeating: "k", count: 32) }, readFile: { _ in [] })
        let clients = """

            clients:
              page: { public: true, grants: [refresh_token], audiences: [a], corsOrigins: ['http://localhost:3000'] }
            """
        for (issuer, warned) in [("https://login.example.com", 1), ("http://127.0.0.1:8080", 0)] {
            let warnings = try Configuration(yaml("  issuer: \(issuer)" + clients)).check(resolver: resolver).warnings
            #expect(warnings.filter { $0.keyPath == "clients.page.corsOrigins" }.count == warned)
        }
    }
}
