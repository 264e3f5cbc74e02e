import BrokerConfiguration
import Foundation
import IdentityBroker
import Testing

@Suite("Reloading a configuration")
struct ConfigurationReloaderTests {
    private static let yaml = """
        version: 1
        providers:
          kept: { type: redeeming }
          gone: { type: redeeming }
          stopped: { type: redeeming }
          started: { type: redeeming, enabled: false }
          edited: { type: redeeming, settings: { secret: { env: OLD } } }
        """

    private static let variables = ["OLD": "12345", "NEW": "123"]

    @Test("applies the current file, and reports what is new")
    func changes() async throws {
        let bench = try ReloadBench(Self.yaml, variables: Self.variables)
        #expect(try await bench.subject(of: "edited") == "secret-5")
        try bench.write(
            """
            version: 1
            providers:
              started: { type: redeeming }
              new: { type: redeeming }
              stopped: { type: redeeming, enabled: false }
              edited: { type: redeeming, settings: { secret: { env: NEW } } }
              kept: { type: redeeming }
            """
        )
        let changes = try await bench.reloader.reload()
        #expect(changes.added == ["new"])
        #expect(changes.removed == ["gone"])
        #expect(changes.switchedOn == ["started"])
        #expect(changes.switchedOff == ["stopped"])
        #expect(changes.changed == ["edited"])
        #expect(!changes.isEmpty)
        #expect(bench.broker.providers == ["edited", "kept", "new", "started", "stopped"])
        #expect(await bench.reloader.configuration.providers.first?.id == "started")
        #expect(try await bench.subject(of: "edited") == "secret-3")
        #expect(try await bench.subject(of: "started") == "secret-0")
        let refusal = await #expect(throws: BrokerError.self) { try await bench.subject(of: "stopped") }
        #expect(refusal?.kind == .providerDisabled)
    }

    @Test("finds nothing new in a file with the same meaning")
    func sameWords() async throws {
        let bench = try ReloadBench("version: 1\nproviders: { p: { type: redeeming, limits: { timeout: 60s } } }")
        try bench.write(
            """
            # Rewritten.
            stores: { kind: memory, retention: 24h }
            providers:
              p:
                limits: { timeout: 1m }
                type: redeeming
            version: 1
            """
        )
        #expect(try await bench.reloader.reload().isEmpty)
    }

    @Test("reads secrets again, though the file is the same")
    func secrets() async throws {
        let bench = try ReloadBench(Self.yaml, variables: Self.variables)
        bench.set("OLD", to: "1234567")
        #expect(try await bench.subject(of: "edited") == "secret-5")
        #expect(try await bench.reloader.reload().isEmpty)
        #expect(try await bench.subject(of: "edited") == "secret-7")
    }

    @Test(
        "keeps the last valid configuration, whatever is wrong with the new one",
        arguments: [
            ("version: 1\nproviders: {\n", "broker.yaml:3:1: This is not valid YAML: "),
            ("", "broker.yaml: The configuration is empty."),
            ("version: 1\nproviders: { kept: { type: saml } }", "broker.yaml:2:28: Expected one of redeeming."),
        ]
    )
    func refusals(yaml: String, problem: String) async throws {
        let bench = try ReloadBench(Self.yaml, variables: Self.variables)
        let ids = bench.broker.providers
        try bench.write(yaml)
        let problems = await bench.problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(problem) == true, "\(problems)")
        #expect(bench.broker.providers == ids)
        #expect(await bench.reloader.configuration.providers.count == ids.count)
        #expect(await bench.reloader.failure != nil)
        #expect(try await bench.subject(of: "edited") == "secret-5")

        try bench.write(Self.yaml)
        #expect(try await bench.reloader.reload().isEmpty)
        #expect(await bench.reloader.failure == nil)
    }

    @Test(
        "applies the rest of a file if an instance cannot be made, which stays as it was",
        arguments: [
            (
                "version: 1\nproviders: { edited: { type: redeeming, settings: { secret: { env: UNSET } } } }",
                "broker.yaml:2:61: The environment variable UNSET is not set. Set it to the secret."
            ),
            (
                "version: 1\nproviders: { edited: { type: redeeming, settings: { secret: { file: none } } } }",
                "broker.yaml:2:61: The secret file none cannot be read. Check that it exists and its permissions."
            ),
            (
                "version: 1\nproviders: { edited: { type: redeeming, settings: { issuer: a b } } }",
                "broker.yaml:2:61: That is not an issuer."
            ),
            (
                "version: 1\nproviders: { edited: { type: redeeming, network: { caFile: none.pem } } }",
                "broker.yaml:2:60: The file none.pem cannot be read. Check that it exists and its permissions."
            ),
        ]
    )
    func refusedInstance(yaml: String, problem: String) async throws {
        let bench = try ReloadBench(Self.yaml, variables: Self.variables)
        try bench.write(yaml.dropLast(2) + ",\n  stopped: { type: redeeming, enabled: false } }")
        let changes = try await bench.reloader.reload()
        let problems = changes.problems.map { $0.description.replacing("\(bench.folder)/", with: "") }
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(problem) == true, "\(problems)")
        #expect((changes.switchedOff, changes.changed) == (["stopped"], []))
        #expect(changes.removed == ["gone", "kept", "started"])
        #expect(bench.broker.providers == ["edited", "stopped"])
        #expect(await bench.reloader.failure?.problems == changes.problems)
        #expect(try await bench.subject(of: "edited") == "secret-5")
        let refusal = await #expect(throws: BrokerError.self) { try await bench.subject(of: "stopped") }
        #expect(refusal?.kind == .providerDisabled)

        try bench.write(Self.yaml)
        #expect(try await bench.reloader.reload().problems == [])
        #expect(await bench.reloader.failure == nil)
    }

    @Test(
        "switches off what the file says, though a file that it names is missing or broken",
        arguments: [nil, "issuer: [", "isuer: a"])
    func brokenDocument(text: String?) async throws {
        let bench = try ReloadBench(
            "version: 1\nproviders: { p: { type: redeeming }, q: { type: redeeming }, r: { type: redeeming } }")
        if let text { try Data(text.utf8).write(to: URL(filePath: "\(bench.folder)/more.yaml")) }
        try bench.write(
            """
            version: 1
            providers:
              p: { type: redeeming, enabled: false, settings: { more: more.yaml } }
              q: { type: redeeming, settings: { more: more.yaml } }
              r: { type: redeeming, enabled: false }
            """)
        let changes = try await bench.reloader.reload()
        #expect(changes.switchedOff == ["p", "r"])
        #expect(changes.problems.allSatisfy { $0.keyPath.hasPrefix("providers.q.settings.more") })
        #expect(changes.problems.count == 1)
        #expect(try await bench.subject(of: "q") == "secret-0")
    }

    @Test("finds no other change in an instance that is switched off: its file is not read")
    func switchedOffDocument() async throws {
        let bench = try ReloadBench("version: 1\nproviders: {}")
        try Data("issuer: one".utf8).write(to: URL(filePath: "\(bench.folder)/more.yaml"))
        try bench.write("version: 1\nproviders: { p: { type: redeeming, settings: { more: more.yaml } } }")
        #expect(try await bench.reloader.reload().added == ["p"])
        try bench.write(
            "version: 1\nproviders: { p: { type: redeeming, enabled: false, settings: { more: more.yaml } } }")
        let changes = try await bench.reloader.reload()
        #expect((changes.switchedOff, changes.changed) == (["p"], []))
    }

    @Test("omits a new instance that cannot be made, and a disabled one needs no secret")
    func newInstance() async throws {
        let bench = try ReloadBench("version: 1\nproviders: { p: { type: redeeming } }")
        try bench.write(
            """
            version: 1
            providers:
              p: { type: redeeming, enabled: false, settings: { secret: { env: UNSET } } }
              q: { type: redeeming, settings: { secret: { env: UNSET } } }
              r: { type: redeeming }
            """)
        let changes = try await bench.reloader.reload()
        #expect((changes.switchedOff, changes.added) == (["p"], ["r"]))
        #expect(changes.problems.map(\.keyPath) == ["providers.q.settings.secret"])
        #expect(bench.broker.providers == ["p", "r"])
    }

    @Test("keeps the last valid configuration while there is no file")
    func noFile() async throws {
        let bench = try ReloadBench(Self.yaml, variables: Self.variables)
        try FileManager.default.removeItem(atPath: bench.path)
        #expect(await bench.problems() == ["broker.yaml: The file cannot be read: No such file or directory."])
        #expect(try await bench.subject(of: "kept") == "secret-0")
    }

    @Test(
        "applies the providers of a file with another store, and says that the store needs a restart",
        arguments: ["{ kind: filed, path: x }", "{ kind: memory, retention: 1h }", "{ retention: 23h }"]
    )
    func store(stores: String) async throws {
        let bench = try ReloadBench("version: 1\nproviders: { p: { type: redeeming } }")
        try bench.write("version: 1\nproviders: { p: { type: redeeming, enabled: false } }\nstores: \(stores)")
        let changes = try await bench.reloader.reload()
        #expect(changes.switchedOff == ["p"])
        #expect(changes.needingRestart == ["stores"])
        let problems = await bench.reloader.settingsNeedingRestart
        #expect(problems.map(\.kind) == [.needsRestart])
        #expect(problems.map(\.position?.description) == ["3:9"])
        #expect(problems.map(\.message) == ["'stores' takes effect after a restart."])
        #expect(await bench.reloader.failure == nil)
        let refusal = await #expect(throws: BrokerError.self) { try await bench.subject(of: "p") }
        #expect(refusal?.kind == .providerDisabled)
    }

    @Test("distinguishes changed settings of a store from equivalent ones")
    func storeSettings() async throws {
        let bench = try ReloadBench("version: 1\nproviders: {}\nstores: { kind: filed, path: x }")
        try bench.write("version: 1\nproviders: {}\nstores: { kind: filed, path: y }")
        #expect(try await bench.reloader.reload().needingRestart == ["stores"])
        try bench.write(
            """
            stores:
              retention: 24h
              path: \(bench.folder)/x
              kind: filed
            version: 1
            providers: {}
            """
        )
        #expect(try await bench.reloader.reload().isEmpty)
        #expect(await bench.reloader.settingsNeedingRestart == [])
    }

    @Test("reports all problems at once, in file order")
    func allProblems() async throws {
        let bench = try ReloadBench("version: 1\nproviders: { p: { type: redeeming } }")
        try bench.write(
            """
            version: 1
            stores: { kind: memory }
            providers:
              p: { type: redeeming, settings: { secret: { env: UNSET } } }
              q: { type: redeeming, network: { caFile: none.pem } }
              r: { type: redeeming, enabled: false, network: { caFile: none.pem } }
            """
        )
        let places = await bench.problems().map { $0.split(separator: " ")[0] }
        #expect(places == ["broker.yaml:4:45:", "broker.yaml:5:44:"])
    }
}
