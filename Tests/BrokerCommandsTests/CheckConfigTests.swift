import Foundation
import LoopbackServer
import Testing

@Suite("broker config check", .timeLimit(.minutes(2)))
struct CheckConfigTests {
    private static let key = "keyEncryptionKey: { literal: canary-key-encryption-key-58d1f2ab }"

    private static func document(_ server: String, stores: String = "") -> String {
        """
        \(stores)
        server:
          \(key)
          \(server)
        clients:
          app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
        """
    }

    /// The outcomes of `config check` and `serve` for the same configuration: both must refuse it.
    private func refusals(of path: String) async throws -> [BrokerProcess.Outcome] {
        var outcomes: [BrokerProcess.Outcome] = []
        for command in [["config", "check", "--offline"], ["serve"]] {
            outcomes.append(try await BrokerProcess.run(command + ["--config", path, "--format", "json"]))
        }
        return outcomes
    }

    @Test(
        "refuses what serve would not start with",
        arguments: [
            ("listen: 127.0.0.1:1\n  tls: { certificateFile: missing.pem, keyFile: key.pem }", "", "certificate file"),
            (
                "listen: 127.0.0.1:1\n  tls: { certificateFile: certificate.pem, keyFile: other.pem }", "",
                "does not belong"
            ),
            ("listen: 127.0.0.1:1\n  tls: { certificateFile: expired.pem, keyFile: expired-key.pem }", "", "expired"),
            ("listen: 127.0.0.1:1\n  tls: { certificateFile: key.pem, keyFile: key.pem }", "", "certificate"),
            ("listen: 127.0.0.1:0", "", "issuer"),
            ("listen: 192.0.2.1:8080\n  issuer: https://a.example", "", "192.0.2.1"),
            ("listen: 127.0.0.1:1\n  issuer: http://192.0.2.1:1", "", "Use https"),
            ("listen: 127.0.0.1:1", "stores: { kind: sqlite, path: none/broker.sqlite }", "does not exist"),
            ("listen: 127.0.0.1:1", "stores: { kind: sqlite, path: . }", "directory"),
            ("listen: 127.0.0.1:1", "stores: { kind: sqlite, path: key.pem }", "database"),
        ]
    )
    func refused(server: String, stores: String, reason: String) async throws {
        let workspace = try Workspace()
        let authority = try EphemeralCertificateAuthority()
        let good = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let other = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let expired = try authority.issueServerCertificate(dnsNames: ["localhost"], isExpired: true)
        for (name, text) in [
            ("certificate.pem", good.certificatePEM), ("key.pem", good.privateKeyPEM),
            ("other.pem", other.privateKeyPEM),
            ("expired.pem", expired.certificatePEM), ("expired-key.pem", expired.privateKeyPEM),
        ] {
            _ = try workspace.write(text, to: name)
        }
        let path = try workspace.configuration(document: Self.document(server, stores: stores))
        for outcome in try await refusals(of: path) {
            #expect(outcome.status == 78, "\(outcome.error)")
            #expect(outcome.error.contains(reason), "\(outcome.error)")
            #expect(!outcome.error.contains("canary"))
        }
    }

    @Test(
        "makes no store, and accepts what serve starts with",
        arguments: ["listen: 127.0.0.1:0\n  issuer: http://127.0.0.1:8080", "listen: 127.0.0.2:1"])
    func sound(server: String) async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(document: Self.document(server))
        let outcome = try await BrokerProcess.run("config", "check", "--config", path)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.directory)/broker.sqlite"))
    }

    @Test("doubts a rule about an attribute that neither the instance nor its declaration has")
    func attributesOfRules() async throws {
        let workspace = try Workspace()
        _ = try workspace.write(
            """
            issuer: https://id.example
            authorization: { url: "https://id.example/authorize" }
            token: { url: "https://id.example/token" }
            profile: { url: "https://id.example/me" }
            subject: [/id]
            attributes: { groups: /groups }
            """, to: "upstream.yaml")
        for (name, doubt) in [("groups", nil), ("grups", "'attributes' has no grups. Did you mean 'groups'?")] {
            let path = try workspace.write(
                """
                version: 1
                providers:
                  work:
                    type: oauth2
                    settings: { declaration: upstream.yaml, clientId: c, authMethod: none }
                    admit: [{ attribute: \(name), contains: staff }]
                stores: { kind: memory }
                """, to: "broker.yaml")
            let outcome = try await BrokerProcess.run("config", "check", "--config", path)
            #expect(outcome.status == 0 && outcome.error.contains("'attributes'") == (doubt != nil), "\(outcome.error)")
            #expect(doubt.map(outcome.error.contains) ?? true, "\(outcome.error)")
        }
    }

    @Test("tells a newcomer how to name a configuration")
    func noFile() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(["config", "check"], directory: workspace.directory)
        #expect(outcome.status == 78 && outcome.error.contains("with --config or BROKER_CONFIG"), "\(outcome.error)")
    }

    @Test("does not warn of a page on this machine, where only a browser goes")
    func localPage() async throws {
        let workspace = try Workspace()
        let path = try workspace.write(
            """
            version: 1
            providers:
              staff:
                type: wecom
                settings:
                  corpId: ww2f8a1b3c4d5e6f70
                  agentId: "1000002"
                  secret: { env: WECOM_SECRET }
                  authorizeURL: http://127.0.0.1:8081
            stores: { kind: memory }
            """, to: "broker.yaml")
        let outcome = try await BrokerProcess.run(
            ["config", "check", "--config", path], variables: ["WECOM_SECRET": "a secret of an app, made up for a test"]
        )
        #expect(outcome.status == 0 && !outcome.error.contains("plain HTTP"), "\(outcome.error)")
    }

    @Test(
        "warns of an upstream's URL that the provider's network rules refuse, and so does serve",
        arguments: [
            ("http://core.genauth.cn", "plain HTTP"), ("https://10.0.0.1", "private or special address"),
            ("https://[fd00::1]:8443/genauth", "private or special address"),
            ("https://169.254.169.254", "private or special address"), ("https://localhost:8443", nil),
            ("https://127.0.0.1:8443", nil), ("https://[2606:4700::1111]", nil),
        ]
    )
    func refusedURL(baseURL: String, reason: String?) async throws {
        let workspace = try Workspace()
        let port = try ReservedPort().number
        let path = try workspace.configuration(
            baseURL: baseURL, document: Self.document("listen: 127.0.0.1:\(port)"))
        let outcome = try await BrokerProcess.run("config", "check", "--config", path)
        #expect(outcome.status == 0, "\(outcome.error)")
        let place = "\(path):8:16: The upstream's "
        let warning = outcome.error.split(separator: "\n").first { $0.hasPrefix("warning: \(place)") }
        #expect((warning != nil) == (reason != nil), "\(outcome.error)")
        guard let reason else { return }
        #expect(warning?.contains(reason) == true)
        let (status, error) = try await ServiceProcess.run(path, logLevel: nil) { _ in }
        #expect(status == 0)
        #expect(error.contains(place))
    }

    @Test(
        "warns of files that others can read or write, of a store in memory, and of metrics behind a proxy on this machine"
    )
    func warnings() async throws {
        let workspace = try Workspace()
        let secret = try workspace.write("a client secret of enough bytes", to: "secret")
        let path = try workspace.configuration(
            document: """
                stores: { kind: memory }
                server:
                  \(Self.key)
                  issuer: https://login.example.com
                clients:
                  app: { secret: { file: secret }, audiences: [https://api.example.com] }
                """)
        func warned(_ modes: [(String, Int)]) async throws -> [String] {
            for (file, mode) in modes {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            }
            let outcome = try await BrokerProcess.run("config", "check", "--config", path)
            #expect(outcome.status == 0)
            return outcome.error.split(separator: "\n").filter { $0.hasPrefix("warning: ") }.map(String.init)
        }
        let open = try await warned([(secret, 0o644), (path, 0o646)])
        for reason in [
            "read this file, which holds a secret: chmod o-r", "read and change this file", "in memory", "/metrics",
        ] {
            #expect(open.contains { $0.contains(reason) }, "\(reason): \(open)")
        }
        let closed = try await warned([(secret, 0o640), (path, 0o600)])
        #expect(!closed.contains { $0.contains("chmod") })
    }
}
