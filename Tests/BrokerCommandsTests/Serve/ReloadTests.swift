import BrokerConfiguration
import BrokerService
import BrokerTesting
import Foundation
import LoopbackServer
import Testing

/// What `broker serve` reloads while it runs.
@Suite("Reloading the service", .timeLimit(.minutes(2)))
struct ReloadTests {
    private static let (old, new) = ("canary-old-secret-4c1f", "canary-new-secret-9e02")

    private static let encryptionKey = "{ literal: canary-key-encryption-key-58d1f2ab }"

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
                  keyEncryptionKey: \(Self.encryptionKey)
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

    @Test("A kill switch and a client's secrets are applied at once, and settings that need a restart are named")
    func killSwitch() async throws {
        let workspace = try Workspace()
        let (one, two) = ("{ literal: \(Self.old) }", "{ literal: \(Self.new) }")
        let path = try configuration(in: workspace, secrets: "secret: \(one)")
        let directory = workspace.directory
        let (status, error) = try await ServiceProcess.run(path, logLevel: nil) { [self] service in
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.old)).status == 200)
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.new)).status == 401)
            let alike = try await BrokerProcess.run("config", "check", "--running", "--config", path)
            #expect(alike.status == 0, "\(alike.error)")
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

            let running = try await BrokerProcess.run(
                "config", "check", "--running", "--config", path, "--format", "json")
            #expect(running.status == 78, "\(running.error)")
            #expect(running.error.contains("server.limits.concurrency, stores."))

            _ = try both.write("version: 1\nproviders: []", to: "broker.yaml")
            try service.reload()
            try await service.wait(for: "/health/ready") { $0.body.contains(#""status":"refused""#) }
            #expect(try await service.curl("/metrics").body.contains("broker_configuration_last_reload_successful 0\n"))
        }
        #expect(status == 0)
        #expect(error.contains("configuration reloaded"))
        let none = try await BrokerProcess.run("config", "check", "--running", "--config", path, "--format", "json")
        #expect(none.status == 78)  // The file is broken by now.
        #expect(error.contains("restart the broker for the rest of the configuration"))
        #expect(error.contains("configuration not reloaded"))
        #expect(!error.contains("canary"))
    }

    @Test(
        "A file that a service could not start with is applied except for its problems",
        arguments: ["server", "keyEncryptionKey"]
    )
    func unfit(_ missing: String) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, secrets: "secret: { literal: \(Self.old) }")
        let directory = workspace.directory
        let (status, error) = try await ServiceProcess.run(path, logLevel: nil) { service in
            let good = try String(contentsOfFile: path, encoding: .utf8)
            let bad =
                switch missing {
                case "server": String(good[..<(try #require(good.range(of: "\nserver:"))).lowerBound]) + "\n"
                default: good.replacing(Self.encryptionKey, with: "{ env: BROKER_NO_SUCH_KEY }")
                }
            #expect(bad != good)
            _ = try Workspace(at: directory).write(bad, to: "broker.yaml")
            try service.reload()
            try await service.wait(for: "/health/ready") { $0.body.contains(#""status":"refused""#) }
            #expect(try await service.curl("/oauth2/introspect", Self.introspection(Self.old)).status == 200)
            guard missing != "server" else { return }
            // The shell has the key, and the service does not.
            let key = ["BROKER_NO_SUCH_KEY": "canary-key-encryption-key-58d1f2ab"]
            let running = try await BrokerProcess.run(
                "config", "check", "--running", "--config", path, variables: key)
            #expect(running.status == 78)
            #expect(running.error.contains("differs from the file in server.keyEncryptionKey."), "\(running.error)")
        }
        #expect(status == 0)
        #expect(error.contains("configuration reloaded in part"))
        #expect(error.contains("'server' is missing") || error.contains("BROKER_NO_SUCH_KEY"))
        #expect(!error.contains("canary"))
    }

    @Test("A renewed certificate serves new connections, a broken one changes nothing, and its expiry is reported")
    func certificate() async throws {
        let workspace = try Workspace()
        let directory = workspace.directory
        let authorities = try [EphemeralCertificateAuthority(), EphemeralCertificateAuthority()]
        let certificates = try authorities.map { try $0.issueServerCertificate(dnsNames: ["localhost"]) }
        let trust = try authorities.enumerated().map { index, authority in
            ["--cacert", try workspace.write(authority.certificatePEM, to: "ca-\(index).pem")]
        }
        let certificateFile = try workspace.write(certificates[0].certificatePEM, to: "certificate.pem")
        let keyFile = try workspace.write(certificates[0].privateKeyPEM, to: "key.pem")
        let path = try configuration(
            in: workspace, secrets: "secret: { literal: \(Self.old) }",
            server: "tls: { certificateFile: \(certificateFile), keyFile: \(keyFile) }")
        let (status, error) = try await ServiceProcess.run(path, scheme: "https", logLevel: nil) { service in
            let files = Workspace(at: directory)
            #expect(try await service.curl("/health/live", trust[0]).status == 200)
            let metrics = try await service.curl("/metrics", trust[0]).body
            #expect(metrics.contains("\nbroker_tls_certificate_expiry_timestamp_seconds "))
            #expect(metrics.contains("\nbroker_tls_certificate_last_renewal_successful 1\n"))
            // The new key alone does not match the certificate.
            _ = try files.write(certificates[1].privateKeyPEM, to: "key.pem")
            try service.reload()
            let renewal = "\nbroker_tls_certificate_last_renewal_successful"
            try await service.wait(for: "/metrics", trust[0]) { $0.body.contains("\(renewal) 0\n") }
            // No one requests this reload.
            _ = try files.write(certificates[1].certificatePEM, to: "certificate.pem")
            try await service.wait(for: "/health/live", trust[1]) { $0.status == 200 }
            try await service.wait(for: "/metrics", trust[1]) { $0.body.contains("\(renewal) 1\n") }
            #expect(try await service.curl("/health/live", trust[0]).status == 0)

            // New paths with a broken pair are refused, and not reported as running.
            let running = try #require(RunningStateFile.read("\(path).running"))
            let good = try String(contentsOfFile: path, encoding: .utf8)
            let other = try files.write(certificates[0].certificatePEM, to: "other.pem")
            _ = try files.write(good.replacing(certificateFile, with: other), to: "broker.yaml")
            try service.reload()
            try await service.wait(for: "/health/ready", trust[1]) { $0.body.contains(#""status":"refused""#) }
            #expect(RunningStateFile.read("\(path).running")?.sections == running.sections)
        }
        #expect(status == 0)
        #expect(error.contains("certificate renewed"))
        #expect(error.contains("certificate expires soon"))
        #expect(!error.contains("canary"))
    }
}
