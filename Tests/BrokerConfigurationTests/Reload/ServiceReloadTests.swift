import BrokerConfiguration
import BrokerServing
import Foundation
import IdentityBroker
import Testing

@Suite("Reloading the configuration of a service")
struct ServiceReloadTests {
    private static func service(
        provider: String = "{ type: redeeming }",
        server: String = "",
        clients: String = "app: { secret: { env: SECRET }, audiences: [a] }"
    ) -> String {
        """
        version: 1
        providers: { p: \(provider) }
        server: { keyEncryptionKey: { env: KEY }\(server) }
        clients: { \(clients) }
        """
    }

    private static let secrets = [
        "SECRET": "sixteen bytes 12", "OTHER": "sixteen bytes 34", "KEY": "a key encryption key of 36 bytes....",
    ]

    @Test("disables a provider and applies changed clients from the same file")
    func killSwitchWithClients() async throws {
        let bench = try ReloadBench(Self.service(), variables: Self.secrets)
        try bench.write(
            Self.service(
                provider: "{ type: redeeming, enabled: false }",
                clients:
                    "app: { secrets: [{ env: OTHER }], audiences: [a] }, web: { secret: { env: OTHER }, audiences: [b] }"
            ))
        let changes = try await bench.reloader.reload()
        #expect(changes.switchedOff == ["p"])
        #expect(changes.changedClients == ["app"])
        #expect(changes.addedClients == ["web"])
        #expect(changes.needingRestart == [])
        #expect(bench.clients.withLock { $0 } == ["app", "web"])
        try bench.write(Self.service(clients: "web: { secret: { env: OTHER }, audiences: [b] }"))
        let next = try await bench.reloader.reload()
        #expect((next.switchedOn, next.removedClients) == (["p"], ["app"]))
        #expect(bench.clients.withLock { $0 } == ["web"])
    }

    @Test("disables a provider and applies the other clients if a client's secret is unreadable")
    func unreadableClient() async throws {
        let bench = try ReloadBench(Self.service(), variables: Self.secrets)
        try bench.write(
            Self.service(
                provider: "{ type: redeeming, enabled: false }",
                clients: """
                    app: { secret: { env: UNSET }, audiences: [b] }, web: { secret: { env: OTHER }, audiences: [b] }, \
                    new: { secret: { env: UNSET }, audiences: [b] }
                    """))
        let changes = try await bench.reloader.reload()
        #expect(changes.problems.map { $0.message.contains("UNSET is not set") } == [true, true])
        #expect((changes.switchedOff, changes.addedClients, changes.changedClients) == (["p"], ["web"], []))
        #expect(bench.clients.withLock { $0 } == ["web"])
        #expect(await bench.reloader.configuration.clients.map(\.id) == ["app", "web"])
        #expect(await bench.reloader.configuration.clients.first?.audiences == ["a"])
        #expect(await bench.reloader.failure?.problems == changes.problems)
        let refusal = await #expect(throws: BrokerError.self) { try await bench.subject(of: "p") }
        #expect(refusal?.kind == .providerDisabled)
    }

    @Test(
        "names every setting of the service that needs a restart, and applies the rest",
        arguments: [
            (", listen: 127.0.0.1:8080", [], []),  // The default.
            (", limits: { requestSize: 64KiB, drain: 30s }, metricsFrom: [127.0.0.0/8, '::1']", [], []),
            (", listen: 127.0.0.1:8081", ["server.listen"], []),
            (", issuer: https://a.example, listen: 0.0.0.0:8080", ["server.issuer", "server.listen"], []),
            (", trustedProxies: [10.0.0.0/8]", ["server.trustedProxies"], []),
            (
                ", limits: { concurrency: 1, requestSize: 1KiB }",
                ["server.limits.concurrency", "server.limits.requestSize"], []
            ),
            (", tokens: { keyRotation: 48h }", ["server.tokens.keyRotation"], []),
            (", tls: { certificateFile: a, keyFile: b }", ["server.tls.certificateFile", "server.tls.keyFile"], []),
            (", metricsFrom: [10.0.0.0/8]", [], ["server.metricsFrom"]),
            (
                ", limits: { clientRate: { requests: 1, per: 1s }, drain: 1s }", ["server.limits.drain"],
                ["server.limits.clientRate.requests", "server.limits.clientRate.per"]
            ),
        ] as [(String, [String], [String])]
    )
    func server(server: String, needingRestart: [String], takenUp: [String]) async throws {
        let bench = try ReloadBench(Self.service(), variables: Self.secrets)
        try bench.write(Self.service(provider: "{ type: redeeming, enabled: false }", server: server))
        let changes = try await bench.reloader.reload()
        #expect(Set(changes.needingRestart) == Set(needingRestart))
        #expect(Set(changes.settings) == Set(takenUp))
        #expect(changes.switchedOff == ["p"])
        // This remains so until the file again matches what the program was started with.
        try bench.write(Self.service(server: server) + "\n# Another.")
        #expect(try await Set(bench.reloader.reload().needingRestart) == Set(needingRestart))
        try bench.write(Self.service())
        #expect(try await bench.reloader.reload().needingRestart == [])
    }

    @Test("reports a refused setting as it runs, until it is applied")
    func refusedSetting() async throws {
        let salt = Data("salt".utf8)
        let bench = try ReloadBench(Self.service(), variables: Self.secrets)
        func differences() async throws -> [String] {
            let running = await bench.reloader.state.digest(salt: salt)
            return try bench.fileConfiguration().digest(salt: salt).differences(from: running)
        }
        let server = ", limits: { clientRate: { requests: 9, per: 1s } }"
        let other = Self.service(server: server).replacing("{ env: KEY }", with: "{ env: UNSET }")
        try bench.write(other)
        for _ in 1...2 {
            let changes = try await bench.reloader.reload()
            #expect(changes.problems.map { $0.message.contains("UNSET is not set") } == [true])
            #expect(!changes.settings.contains { $0.contains("keyEncryptionKey") })
            #expect(try await differences() == ["server.keyEncryptionKey"])
        }
        // If nothing about the service is applied, it runs as before.
        try bench.write("version: 1\nproviders: { p: { type: redeeming } }")
        #expect(try await bench.reloader.reload().settings == [])
        try bench.write(other)
        #expect(try await differences() == ["server.keyEncryptionKey"])
        bench.set("UNSET", to: Self.secrets["KEY"])
        let changes = try await bench.reloader.reload()
        #expect(changes.problems == [])
        #expect(changes.settings == ["server.keyEncryptionKey"])
        #expect(try await differences() == [])
    }

    @Test("changes nothing by a refused setting and its return")
    func refusedAndReturned() async throws {
        let bench = try ReloadBench(Self.service(), variables: Self.secrets)
        try bench.write(Self.service().replacing("{ env: KEY }", with: "{ env: UNSET }"))
        #expect(try await bench.reloader.reload().problems.count == 1)
        try bench.write(Self.service())
        #expect(try await bench.reloader.reload().settings == [])
    }

    @Test(
        "treats a certificate in other files as applicable, but not a removed service"
    )
    func certificate() async throws {
        let tls = ", tls: { certificateFile: a, keyFile: b }"
        let bench = try ReloadBench(Self.service(server: tls), variables: Self.secrets)
        try bench.write(Self.service(server: ", tls: { certificateFile: c, keyFile: d }"))
        let changes = try await bench.reloader.reload()
        #expect(changes.needingRestart == [])
        #expect(changes.settings == ["server.tls.certificateFile", "server.tls.keyFile"])
        try bench.write("version: 1\nproviders: { p: { type: redeeming } }")
        let problems = try await bench.reloader.reload().problems
        #expect(problems.map(\.message) == ["'server' is missing, but a service runs."])
    }
}
