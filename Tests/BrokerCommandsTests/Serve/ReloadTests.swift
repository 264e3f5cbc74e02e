import BrokerTesting
import Foundation
import LoopbackServer
import Testing

/// What `broker serve` takes up while it runs.
@Suite("Reloading the service", .timeLimit(.minutes(2)))
struct ReloadTests {
    private static let (old, new) = ("canary-old-secret-4c1f", "canary-new-secret-9e02")

    private let port: Int

    init() throws {
        port = try ReservedPort().number
    }

    private func configuration(
        in workspace: borrowing Workspace,
        secrets: String,
        isEnabled: Bool = true,
        server: String = "",
        stores: String = ""
    ) throws -> String {
        try workspace.configuration(
            instance: "enabled: \(isEnabled)",
            document: """
                server:
                  listen: 127.0.0.1:\(port)
                  keyEncryptionKey: { literal: canary-key-encryption-key-58d1f2ab }
                  \(server)
                clients:
                  app: { \(secrets), audiences: [https://api.example.com] }
                \(stores)
                """
        )
    }

    private static func introspection(_ secret: String) -> [String] {
        ["--user", "app:\(secret)", "--data", "token=x"]
    }

    @Test("A kill switch and a client's secrets are taken up at once, and what needs a restart is named")
    func killSwitch() async throws {
        let workspace = try Workspace()
        let (one, two) = ("{ literal: \(Self.old) }", "{ literal: \(Self.new) }")
        let path = try configuration(in: workspace, secrets: "secret: \(one)")
        let directory = workspace.directory
        let (status, error) = try await ServiceProcess.run(path, logLevel: nil) { [self] service in
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.old)).status == 200)
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.new)).status == 401)
            #expect(try await service.curl("/providers").body.contains("wxapp"))

            let both = Workspace(at: directory)
            _ = try configuration(in: both, secrets: "secrets: [\(one), \(two)]")
            try service.reload()
            try await service.wait(for: "/oauth2/introspect", Self.introspection(Self.new)) { $0.status == 200 }
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.old)).status == 200)

            _ = try configuration(
                in: both, secrets: "secret: \(two)", isEnabled: false,
                server: "limits: { concurrency: 7 }", stores: "stores: { kind: sqlite, retention: 48h }")
            try service.reload()
            try await service.wait(for: "/oauth2/introspect", Self.introspection(Self.old)) { $0.status == 401 }
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.new)).status == 200)
            #expect(try await !service.curl("/providers").body.contains("wxapp"))
            let ready = try await service.curl("/health/ready")
            #expect(ready.status == 200)
            #expect(
                ready.body.contains(#""needs_restart":["server.limits.concurrency","stores"],"status":"needs_restart""#)
            )
            let metrics = try await service.curl("/metrics").body
            #expect(metrics.contains("broker_configuration_settings_needing_restart 2\n"))
            #expect(metrics.contains("broker_configuration_last_reload_successful 1\n"))

            _ = try both.write("version: 1\nproviders: []", to: "broker.yaml")
            try service.reload()
            try await service.wait(for: "/health/ready") { $0.body.contains(#""status":"refused""#) }
            #expect(try await service.curl("/metrics").body.contains("broker_configuration_last_reload_successful 0\n"))
        }
        #expect(status == 0)
        #expect(error.contains("configuration reloaded"))
        #expect(error.contains("restart the broker for the rest of the configuration"))
        #expect(error.contains("configuration not reloaded"))
        #expect(!error.contains("canary"))
    }
}
