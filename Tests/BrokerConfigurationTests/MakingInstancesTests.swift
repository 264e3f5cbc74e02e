import BrokerConfiguration
import IdentityBroker
import Testing

@Suite("Making instances from configuration")
struct MakingInstancesTests {
    private static let yaml = """
        version: 1
        providers:
          zeta:
            type: rich
            displayName: Zeta
            limits: { timeout: 4s }
            network: { caFile: ca.pem }
            settings:
              name: z
              secret: { env: ZETA }
              fallback: { file: zeta }
          alpha: { type: plain }
          off:
            type: rich
            enabled: false
            settings: { name: refused, secret: { env: NOWHERE } }
        """

    /// Without the CA file, which does not exist.
    private static let usable = yaml.replacing("network: { caFile: ca.pem }", with: "network: {}")

    private static let resolver = SecretResolver(
        environment: { $0 == "ZETA" ? "12345" : nil },
        readFile: { path in
            guard path == "/etc/broker/zeta" else { throw RichProvider.Defect() }
            return Array("123\n".utf8)
        }
    )

    private static let nowhere = SecretResolver(
        environment: { _ in nil }, readFile: { _ in throw RichProvider.Defect() })

    @Test("Entries appear in file order")
    func entries() throws {
        let configuration = try Configuration(Self.yaml)
        #expect(configuration.providers.map(\.id) == ["zeta", "alpha", "off"])
        #expect(configuration.providers.map(\.displayName) == ["Zeta", "Plain", "Rich"])
        #expect(configuration.providers.map(\.isEnabled) == [true, true, false])
        #expect(configuration.providers.map(\.manifest.type) == ["rich", "plain", "rich"])
    }

    @Test("An instance gets its settings, limits, network rules and secrets")
    func instance() throws {
        let instance = try Configuration(Self.yaml).makeInstance("zeta", resolver: Self.resolver)
        #expect(instance.id == "zeta")
        #expect(instance.displayName == "Zeta")
        #expect(instance.isEnabled)
        #expect(instance.issuer == Issuer("rich:z:5-3"))
        #expect(instance.limits.timeout == .seconds(4))
        #expect(instance.network.caFile == "/etc/broker/ca.pem")
    }

    @Test("An instance gets its proxy with credentials, which are not percent-decoded")
    func proxy() throws {
        let yaml = """
            version: 1
            providers:
              on: { type: plain, network: { proxy: { url: "http://proxy:3128", credentials: { env: P } } } }
              off: { type: plain, enabled: false, network: { proxy: { url: "http://proxy", credentials: { env: NONE } } } }
            """
        let resolver = SecretResolver(
            environment: { $0 == "P" ? "us%65r:pass:w%6Frd" : nil }, readFile: { _ in throw RichProvider.Defect() })
        let configuration = try Configuration(yaml)
        let credentials = try configuration.makeInstance("on", resolver: resolver).network.proxy?.credentials
        #expect(credentials?.userName.reveal() == "us%65r")
        #expect(credentials?.password.reveal() == "pass:w%6Frd")
        #expect(try configuration.makeInstance("off", resolver: resolver).network.proxy?.credentials == nil)
    }

    @Test("Only the secrets of the instance being made are read, and none of a disabled one")
    func secretsWhereNeeded() throws {
        let configuration = try Configuration(Self.yaml)
        #expect(try configuration.makeInstance("alpha", resolver: Self.nowhere).issuer == Issuer("plain:alpha"))
        let off = try configuration.makeInstance("off", resolver: Self.nowhere)
        #expect(!off.isEnabled)
        #expect(off.issuer == nil)
    }

    @Test("A secret file is read once, since it may be readable only once")
    func readOnce() throws {
        let reads = Locked(0)
        let resolver = SecretResolver(
            environment: { _ in "12345" },
            readFile: { _ in
                reads.withLock { $0 += 1 }
                return [0x31]
            }
        )
        _ = try Configuration(Self.yaml).makeInstance("zeta", resolver: resolver)
        #expect(reads.withLock { $0 } == 1)
    }

    @Test("All instances are made in file order")
    func instances() throws {
        let instances = try Configuration(Self.usable).makeInstances(resolver: Self.resolver)
        #expect(instances.map(\.id) == ["zeta", "alpha", "off"])
        #expect(instances.map(\.isEnabled) == [true, true, false])
    }

    @Test("Unreadable authorities are reported with their position, unless their instance is disabled")
    func authorities() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(Self.yaml).makeInstances(resolver: Self.resolver)
        }
        #expect(
            error.description
                == "test.yaml:7:24: The file /etc/broker/ca.pem cannot be read. Check that it exists and its permissions."
        )
        let off = Self.yaml.replacing("    displayName: Zeta", with: "    displayName: Zeta\n    enabled: false")
        #expect(try Configuration(off).makeInstances(resolver: Self.resolver).first?.isEnabled == false)
    }

    @Test("Every unreadable secret is reported with its position")
    func unresolvedSecrets() throws {
        let configuration = try Configuration(Self.usable)
        let error = try #require(throws: ConfigurationError.self) {
            try configuration.makeInstances(resolver: Self.nowhere)
        }
        #expect(
            error.description == """
                test.yaml:10:15: The environment variable ZETA is not set. Set it to the secret.
                test.yaml:11:17: The secret file /etc/broker/zeta cannot be read. \
                Check that it exists and its permissions.
                """
        )
        #expect(error.problems.map(\.kind) == [.unresolvedSecret, .unresolvedSecret])
        let single = try #require(throws: BrokerError.self) {
            try configuration.makeInstance("zeta", resolver: Self.nowhere)
        }
        #expect(single.kind == .misconfigured)
        #expect(
            single.message
                == "test.yaml:10:15: The environment variable ZETA is not set. Set it to the secret. (And 1 more.)"
        )
    }

    @Test(
        "A type's objections to its settings are reported with the position of the first one given that they name",
        arguments: [
            ("name: refused", BrokerError.Kind.misconfigured, "test.yaml:6:13: The name is taken."),
            (
                "name: mismatched\ntags: [a]", .misconfigured,
                "test.yaml:7:13: This does not fit nested.issuer, or tags."
            ),
            (
                "name: mismatched\nnested: { inner: a, issuer: b }\ntags: [a]", .misconfigured,
                "test.yaml:7:35: This does not fit nested.issuer, or tags."
            ),
            (
                "name: mismatched\nnested: { inner: a }", .misconfigured,
                "test.yaml:7:15: This does not fit nested.issuer, or tags."
            ),
            ("name: mismatched", .misconfigured, "test.yaml:6:7: This does not fit nested.issuer, or tags."),
            (
                "name: broken", .internalError,
                "test.yaml:6:7: The program failed on these settings (Defect). This is a bug in the program."
            ),
            (
                "name: n\nmode: gentle", .misconfigured,
                "test.yaml:7:13: Cannot initialize Mode from invalid String value gentle"
            ),
        ]
    )
    func refusedSettings(settings: String, kind: BrokerError.Kind, message: String) throws {
        let error = try #require(throws: BrokerError.self) {
            try Configuration(settings: settings).makeInstance("rich", resolver: Self.nowhere)
        }
        #expect(error.kind == kind)
        #expect(error.message == message)
    }

    @Test("A plugin's message is shown without the secrets in the file")
    func redaction() throws {
        let settings = "name: leaky\nsecret: { literal: hunter2 }"
        let error = try #require(throws: BrokerError.self) {
            try Configuration(settings: settings).makeInstance("rich")
        }
        #expect(error.message == "test.yaml:6:7: I was given <redacted>.")
    }

    @Test("An unconfigured id is unknown, and the nearest is suggested")
    func unknownProvider() throws {
        let configuration = try Configuration(Self.yaml)
        let slip = try #require(throws: BrokerError.self) { try configuration.makeInstance("alhpa") }
        #expect(slip.kind == .unknownProvider)
        #expect(slip.message == "No provider instance has the id 'alhpa'. Did you mean 'alpha'?")
        let stranger = try #require(throws: BrokerError.self) { try configuration.entry(for: "google").launchRequest() }
        #expect(stranger.kind == .unknownProvider)
        #expect(stranger.message == "No provider instance has the id 'google'. Known ids: zeta, alpha, off.")
    }

    @Test("A launch request needs no secret")
    func launch() throws {
        let configuration = try Configuration(Self.yaml)
        #expect(try configuration.entry(for: "zeta").launchRequest().parameters == [.init("name", "z")])
    }

    @Test("A launch request of a type without one, or of a disabled instance, is refused")
    func refusedLaunch() throws {
        let configuration = try Configuration(Self.yaml)
        let plain = try #require(throws: BrokerError.self) { try configuration.entry(for: "alpha").launchRequest() }
        #expect(plain.kind == .misconfigured)
        #expect(plain.message == "test.yaml:12:10: Providers of type plain do not open another app.")
        let off = try #require(throws: BrokerError.self) { try configuration.entry(for: "off").launchRequest() }
        #expect(off.kind == .providerDisabled)
    }

    @Test("The store is of the first kind registered unless configuration says otherwise")
    func stores() throws {
        #expect(try Configuration("version: 1\nproviders: {}").storeKind.name == "memory")
        #expect(try Configuration("version: 1\nproviders: {}\nstores: { retention: 1h }").storeKind.name == "memory")
        let configuration = try Configuration("version: 1\nproviders: {}\nstores: { kind: filed, path: x }")
        #expect(configuration.storeKind.name == "filed")
        #expect(try configuration.makeStore() is MemoryStore)
    }

    @Test("A credential is remembered for a day unless configuration says otherwise")
    func retention() throws {
        #expect(try Configuration("version: 1\nproviders: {}").retention == .seconds(86_400))
        #expect(try Configuration("version: 1\nproviders: {}\nstores: {}").retention == .seconds(86_400))
        let configuration = try Configuration("version: 1\nproviders: {}\nstores: { retention: 720h }")
        #expect(configuration.retention == .seconds(2_592_000))
    }

    @Test(
        "A default path is resolved against the file's directory, like a given one",
        arguments: [
            ("", "/etc/broker/default.db"), ("\nstores: {}", "/etc/broker/default.db"),
            ("\nstores: { path: given.db }", "/etc/broker/given.db"), ("\nstores: { path: /given.db }", "/given.db"),
        ]
    )
    func defaultPath(stores: String, expected: String) throws {
        let path = Locked("")
        let kind = StoreKind(
            name: "located",
            documentation: "Remembers where it is.",
            settings: [.optional("path", .path, default: "default.db", "Where it is.")],
            makeStore: { decoder, _ in
                let settings = try FiledStoreSettings(from: decoder)
                path.withLock { $0 = settings.path }
                return MemoryStore()
            }
        )
        let yaml = "version: 1\nproviders: {}\(stores)"
        _ = try Configuration(bytes: Array(yaml.utf8), stores: [kind, .memory]).makeStore()
        #expect(path.withLock { $0 } == expected)
    }

    @Test("A store kind's objections to its settings are reported with their position")
    func refusedStore() throws {
        let configuration = try Configuration("version: 1\nproviders: {}\nstores: { kind: filed, path: /full }")
        let error = try #require(throws: BrokerError.self) { try configuration.makeStore() }
        #expect(error.kind == .misconfigured)
        #expect(error.message == "test.yaml:3:9: The disk is full.")
    }
}
