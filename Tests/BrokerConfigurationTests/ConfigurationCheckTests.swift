import IdentityBroker
import Testing

@testable import BrokerConfiguration

@Suite("Checking a whole configuration")
struct ConfigurationCheckTests {
    private static let resolver = SecretResolver(
        environment: { $0 == "SET" ? "value" : nil },
        readFile: { _ in throw RichProvider.Defect() }
    )

    @Test("A flawless configuration has neither problems nor warnings")
    func sound() throws {
        let check = try Configuration(settings: "name: n\nsecret: { env: SET }").check(resolver: Self.resolver)
        #expect(check.problems == [])
        #expect(check.warnings.map(\.description) == [Self.withoutService])
    }

    private static let withoutService =
        "test.yaml: Without 'server:' this configuration is only for 'broker login'; 'broker serve' refuses it."

    @Test(
        "A rule about an attribute that the file does not define is doubted",
        arguments: [("group", true), ("groups", false)])
    func attribute(name: String, isDoubted: Bool) throws {
        let yaml = """
            version: 1
            providers:
              one: { type: plain, attributes: { groups: /groups }, admit: [{ attribute: \(name), contains: staff }] }
            """
        let check = try Configuration(yaml).check(resolver: Self.resolver)
        #expect(check.problems == [])
        let doubts = check.warnings.filter { $0.keyPath == "providers.one.admit" }
        #expect(doubts.map(\.message.isEmpty) == (isDoubted ? [false] : []))
    }

    @Test(
        "What the file is not sufficient for is reported",
        arguments: [
            ("", [withoutService]),
            ("server: { keyEncryptionKey: { env: KEK } }", ["test.yaml: Without 'clients:' the service starts"]),
            (
                "server: { keyEncryptionKey: { env: KEK } }\nclients: { app: { secret: { env: KEK }, audiences: [a] } }",
                []
            ),
        ]
    )
    func usage(service: String, warnings: [String]) throws {
        let yaml = "version: 1\nproviders: { one: { type: plain } }\nstores: { kind: filed, path: p }\n\(service)"
        let check = try Configuration(yaml).check(resolver: Self.keys)
        #expect(check.problems == [])
        #expect(check.warnings.count == warnings.count)
        for (warning, expected) in zip(check.warnings, warnings) {
            #expect("\(warning)".hasPrefix(expected))
            #expect(warning.kind == .advice)
        }
        let idle = yaml.replacing("type: plain", with: "type: plain, enabled: false")
        #expect(
            try Configuration(idle).check(resolver: Self.keys).warnings.map(\.message).contains(
                "No provider is enabled, so nobody can sign in."))
    }

    private static let keys = SecretResolver(
        environment: { _ in String(repeating: "k", count: 32) }, readFile: { _ in [] })

    private static let record = StoredRecord(
        key: RecordKey(kind: "example", id: "1"), version: 3, body: .init([1]))

    @Test("What the store's kind finds is passed on, and a temporary failure is not a problem of the file")
    func store() throws {
        func check(_ body: @escaping @Sendable () throws -> StoreInspection) throws -> ConfigurationCheck {
            let kind = StoreKind(
                name: "looked", documentation: "Looks.",
                check: { _, _, scope in
                    #expect(scope == StoreInspection.Scope(isOffline: true, records: [Self.record.key]))
                    return try body()
                },
                makeStore: { _, _ in throw BrokerError(.unavailable, "The disk is full.") })
            let yaml = "version: 1\nproviders: { one: { type: plain } }"
            let configuration = try Configuration(bytes: Array(yaml.utf8), stores: [kind])
            let error = #expect(throws: BrokerError.self) { try configuration.makeStore() }
            #expect(error?.kind == .unavailable)
            return configuration.check(reading: [Self.record.key], resolver: Self.keys)
        }
        let found = try check { StoreInspection(records: [Self.record], advice: ["Beware."]) }
        #expect(found.problems == [])
        #expect(found.records == [Self.record])
        #expect(found.warnings.contains { $0.message == "Beware." && $0.keyPath == "stores" })
        let passing = try check { throw BrokerError(.unavailable, "The server is away.") }
        #expect(passing.problems.map(\.kind) == [.unavailable])
        #expect(BrokerError(ConfigurationError(problems: passing.problems)).kind == .unavailable)
        let lasting = try check { throw BrokerError(.misconfigured, "The version is wrong.") }
        #expect(lasting.problems.map(\.kind) == [.refusedSettings])
        #expect(
            BrokerError(ConfigurationError(problems: passing.problems + lasting.problems)).kind == .misconfigured)
    }

    @Test("Problems of all enabled instances and of the store are found at once")
    func problems() throws {
        let configuration = try Configuration(
            """
            version: 1
            providers:
              one: { type: rich, settings: { name: refused } }
              two: { type: rich, settings: { name: n, secret: { env: UNSET }, fallback: { file: f } } }
              three:
                type: plain
                network: { caFile: /nonexistent/ca.pem }
              proxied:
                type: plain
                network: { proxy: { url: "https://proxy:3129", credentials: { env: UNSET }, caFile: /nonexistent/p.pem } }
              malformed: { type: plain, network: { proxy: { url: "http://proxy:3128", credentials: { env: SET } } } }
              four: { type: rich, enabled: false, settings: { name: refused, secret: { env: UNSET } } }
            stores: { kind: filed, path: p, password: { env: UNSET } }
            """
        )
        let check = configuration.check(resolver: Self.resolver)
        #expect(
            check.problems.map(\.description) == [
                "test.yaml:3:40: The name is taken.",
                "test.yaml:4:51: The environment variable UNSET is not set. Set it to the secret.",
                "test.yaml:4:77: The secret file /etc/broker/f cannot be read. "
                    + "Check that it exists and its permissions.",
                "test.yaml:7:24: The file /nonexistent/ca.pem cannot be read. Check that it exists and its permissions.",
                "test.yaml:10:65: The environment variable UNSET is not set. Set it to the secret.",
                "test.yaml:10:89: The file /nonexistent/p.pem cannot be read. Check that it exists and its permissions.",
                "test.yaml:11:88: Proxy credentials must be 'user:password', without percent-encoding.",
                "test.yaml:13:43: The environment variable UNSET is not set. Set it to the secret.",
            ]
        )
        #expect(
            check.problems.map(\.keyPath) == [
                "providers.one.settings.name", "providers.two.settings.secret",
                "providers.two.settings.fallback", "providers.three.network.caFile",
                "providers.proxied.network.proxy.credentials",
                "providers.proxied.network.proxy.caFile", "providers.malformed.network.proxy.credentials",
                "stores.password",
            ]
        )
    }

    @Test("What is allowed but unwise causes a warning")
    func warnings() throws {
        let configuration = try Configuration(
            """
            version: 1
            providers:
              one:
                type: rich
                network: { allowInsecureHTTP: true, allowAddresses: [10.0.0.0/8, '::/0'] }
                settings: { name: n }
              two: { type: rich, settings: { name: n, secret: { literal: hunter2 } } }
              three:
                type: plain
                network:
                  allowAddresses: [10.0.0.0/8]
                  proxy: { url: "http://proxy:3128", credentials: { env: PROXY } }
            stores: { kind: filed, path: p, password: { literal: hunter2 } }
            """
        )
        let resolver = SecretResolver(environment: { _ in "user:password" }, readFile: { _ in [] })
        let check = configuration.check(resolver: resolver)
        let literal = "The secret is in the file itself, where anyone who reads the file sees it. Prefer env or file."
        #expect(check.problems == [])
        #expect(
            check.warnings.map(\.description) == [
                "test.yaml:6:15: Nothing is secret here.",
                "test.yaml:5:35: Plain HTTP is allowed. Credentials and secrets can be read and changed in transit.",
                "test.yaml:5:57: Every address is allowed, including this machine's and the cloud's metadata service.",
                "test.yaml:7:51: \(literal)",
                "test.yaml:12:55: The proxy's credentials are sent in the clear. "
                    + "Use an https proxy, unless it is on this machine.",
                "test.yaml:13:43: \(literal)",
                Self.withoutService,
            ]
        )
        #expect(check.warnings.allSatisfy { $0.kind == .advice })
        #expect(!String(reflecting: check).contains("hunter2"))
    }
}
