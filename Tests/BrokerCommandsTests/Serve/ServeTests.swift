import BrokerTesting
import Foundation
import LoopbackServer
import Testing

/// `broker serve` as a process.
@Suite("The service as a process", .timeLimit(.minutes(15)))
struct ServeTests {
    private static let key = "canary-key-encryption-key-58d1f2ab"
    private static let secret = "canary-client-secret-77aa"

    private func configuration(
        in workspace: borrowing Workspace,
        at upstream: FakeUpstream? = nil,
        server: String = "",
        limits: String = "drainDelay: 0s",
        key: String = ServeTests.key
    ) throws -> String {
        // Once released, the port goes only to a caller that asks for it by number.
        let port = try "127.0.0.1:\(ReservedPort().number)"
        return try workspace.configuration(
            baseURL: upstream?.baseURL ?? "https://core.genauth.cn",
            caFile: upstream?.caFile,
            document: """
                server:
                  listen: \(port)
                  keyEncryptionKey: { literal: \(key) }
                  limits: { \(limits) }
                  \(server)
                clients:
                  app: { secret: { literal: \(Self.secret) }, audiences: [https://api.example.com] }
                """
        )
    }

    private static let exchange = [
        "--user", "app:\(secret)", "--data", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
        "--data", "subject_token_type=urn:identity-broker:token-type:ticket", "--data", "provider=wxapp",
        "--data", "subject_token=ticket-1",
    ]

    @Test("is ready at once, keeps its keys across restarts, and ends cleanly")
    func restart() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let seen = Monitor<[String]>([])
        for _ in 1...2 {
            let (status, error) = try await ServiceProcess.run(path) { service in
                let ready = try await service.curl("/health/ready")
                #expect(ready.status == 200)
                let keys = try await service.curl("/oauth2/jwks").body
                seen.withState { $0.append(keys) }
            }
            #expect(status == 0)
            #expect(!error.contains("canary"))
        }
        let keys = seen.snapshot
        #expect(keys.count == 2 && keys[0] == keys[1] && keys[0].contains("kid"))
    }

    @Test("does not start with another key encryption key than its keys need, and does not touch them")
    func wrongKey() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        _ = try await ServiceProcess.run(path) { _ in }
        _ = try configuration(in: workspace, key: "canary-another-key-encryption-key!!")
        let outcome = try await BrokerProcess.run("serve", "--config", path, "--format", "json")
        #expect(outcome.status == 78)
        #expect(outcome.failure?["kind"] as? String == "misconfigured")
        #expect(!outcome.error.contains("canary"))
        _ = try configuration(in: workspace)
        let (status, _) = try await ServiceProcess.run(path) { service in
            let ready = try await service.curl("/health/ready")
            #expect(ready.status == 200)
        }
        #expect(status == 0)
    }

    @Test(
        "says what prevents its start",
        arguments: [
            ("listen: 127.0.0.1:1\n  keyEncryptionKey: { literal: short }", "32 bytes"),
            (
                "listen: 192.0.2.1:8080\n  issuer: https://a.example\n  keyEncryptionKey: { literal: \(key) }",
                "192.0.2.1"
            ),
            ("listen: 127.0.0.1:0\n  keyEncryptionKey: { literal: \(key) }", "issuer"),
            (
                "listen: 127.0.0.1:1\n  keyEncryptionKey: { literal: \(key) }\n  tls: { certificateFile: a, keyFile: b }",
                "certificate file"
            ),
        ]
    )
    func misconfigured(server: String, reason: String) async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(document: "stores: { kind: memory }\nserver:\n  \(server)")
        let outcome = try await BrokerProcess.run("serve", "--config", path, "--format", "json")
        #expect(outcome.status == 78)
        #expect((outcome.failure?["message"] as? String)?.contains(reason) == true, "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test("names everything that prevents its start at once, and creates no store before")
    func everything() async throws {
        let workspace = try Workspace()
        let path = try workspace.write(
            """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings: { userPoolId: 5e4cdd055df3df65dc58b97d, secret: { env: NO_PROVIDER_SECRET } }
            stores: { kind: sqlite, path: \(workspace.directory)/new.sqlite }
            server:
              listen: 127.0.0.1:1
              keyEncryptionKey: { env: NO_ENCRYPTION_KEY }
              tls: { certificateFile: none.pem, keyFile: none.key }
            clients:
              app: { secret: { env: NO_CLIENT_SECRET }, audiences: [https://api.example.com] }
            """, to: "broker.yaml")
        let outcome = try await BrokerProcess.run("serve", "--config", path)
        #expect(outcome.status == 78)
        for part in ["NO_PROVIDER_SECRET", "NO_ENCRYPTION_KEY", "NO_CLIENT_SECRET", "none.pem"] {
            #expect(outcome.error.contains(part), "\(outcome.error)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.directory)/new.sqlite"))
        let broken = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("\(workspace.directory)/new.sqlite", with: "/dev/null/x")
        let other = try await BrokerProcess.run("serve", "--config", workspace.write(broken, to: "broken.yaml"))
        #expect(other.status == 78)
        for part in ["NO_PROVIDER_SECRET", "/dev/null"] {
            #expect(other.error.contains(part), "\(other.error)")
        }
    }

    @Test("says that nothing is configured, or that its address is in use")
    func address() async throws {
        let workspace = try Workspace()
        let nothing = try await BrokerProcess.run(
            "serve", "--config", try workspace.configuration(), "--format", "json")
        #expect(nothing.status == 78)
        let path = try configuration(in: workspace)
        _ = try await ServiceProcess.run(path) { _ in
            let second = try await BrokerProcess.run("serve", "--config", path, "--format", "json")
            #expect(second.status == 78)
            #expect((second.failure?["message"] as? String)?.contains("Another program") == true)
        }
    }

    @Test("serves the shipped configuration against a sandbox, with generated secrets")
    func sandbox() async throws {
        let workspace = try Workspace()
        let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/broker.yaml")
        let port = try ReservedPort().number
        let text = try String(contentsOf: shipped, encoding: .utf8).replacing(
            "127.0.0.1:8080", with: "127.0.0.1:\(port)")
        let path = try workspace.write(text, to: "broker.yaml")
        let (status, _) = try await ServiceProcess.run(
            path, options: ["--sandbox"], variables: ["EXAMPLE_APP_SECRET": Self.secret]
        ) { service in
            let example = try #require(service.report.example)
            #expect(example.client_id == "example-app")
            #expect(example.client_secret != Self.secret)
            let ticket = try #require(example.tickets?.first)
            let form = Self.exchange.dropFirst(2).dropLast() + ["subject_token=\(ticket)"]
            let user = ["--user", "\(example.client_id):\(try #require(example.client_secret))"]
            let answer = try await service.curl("/oauth2/token", user + form)
            #expect(answer.status == 200)
            #expect(answer.body.contains("access_token"))
        }
        #expect(status == 0)
    }

    @Test("at SIGTERM, answers requests under way before it ends, and accepts no more")
    func drain() async throws {
        let counter = Turnstile()
        let upstream = try await FakeUpstream.start { _ in .json(#"{"code":2206,"message":"no"}"#).held(at: counter) }
        let workspace = try Workspace()
        let path = try configuration(in: workspace, at: upstream)
        let (status, _) = try await ServiceProcess.run(path) { service in
            async let underWay = service.curl("/oauth2/token", Self.exchange)
            try await counter.waitUntilHeld()
            try service.stop()
            while try await service.curl("/health/live").status != 0 {}
            counter.open()
            let answer = try await underWay
            #expect(answer.status == 400)
            #expect(answer.body.contains("invalid_grant"))
        }
        await upstream.stop()
        #expect(status == 0)
    }

    @Test(
        "keeps serving after SIGTERM while it reports not ready and tells clients to leave, and ends at once at a second signal"
    )
    func drainDelay() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, limits: "drainDelay: 10m")
        let (status, error) = try await ServiceProcess.run(path) { service in
            let before = try await service.curl("/oauth2/jwks", ["--include"])
            #expect(before.status == 200 && !before.body.lowercased().contains("connection: close"))
            try service.stop()
            while try await service.curl("/health/ready").status == 200 {}
            let ready = try await service.curl("/health/ready")
            #expect(ready.status == 503 && ready.body.contains("draining"))
            for path in ["/oauth2/jwks", "/health/live", "/no/such/path"] {
                let answer = try await service.curl(path, ["--include"])
                #expect([200, 404].contains(answer.status), "\(path)")
                #expect(answer.body.lowercased().contains("connection: close"), "\(path)")
            }
            try service.stop()
        }
        #expect(status == 143)
        #expect(error.contains("stopping"))
    }

    @Test("cuts off what takes longer than 'drain'")
    func cutOff() async throws {
        let counter = Turnstile()
        let upstream = try await FakeUpstream.start { _ in .json(#"{"code":2206,"message":"no"}"#).held(at: counter) }
        let workspace = try Workspace()
        let path = try configuration(in: workspace, at: upstream, limits: "drainDelay: 0s, drain: 100ms")
        let (status, error) = try await ServiceProcess.run(path) { service in
            async let underWay = service.curl("/oauth2/token", Self.exchange)
            try await counter.waitUntilHeld()
            try service.stop()
            _ = try await underWay
        }
        counter.open()
        await upstream.stop()
        #expect(status == 0)
        #expect(error.contains("requests were cut off"))
    }

    @Test("keeps working while logins wait for their upstream, which use none of its capacity")
    func hangingUpstream() async throws {
        let counter = Turnstile()
        let upstream = try await FakeUpstream.start { _ in .json(#"{"code":2206,"message":"no"}"#).held(at: counter) }
        let workspace = try Workspace()
        let path = try configuration(in: workspace, at: upstream, limits: "drainDelay: 0s, concurrency: 1")
        let (status, _) = try await ServiceProcess.run(path) { service in
            async let underWay = service.curl("/oauth2/token", Self.exchange)
            try await counter.waitUntilHeld()
            for path in ["/health/ready", "/metrics", "/oauth2/jwks", "/providers"] {
                let answer = try await service.curl(path)
                #expect(answer.status == 200, "\(path)")
            }
            let introspection = try await service.curl(
                "/oauth2/introspect", ["--user", "app:\(Self.secret)", "--data", "token=unknown"])
            #expect(introspection.status == 200)
            counter.open()
            let answer = try await underWay
            #expect(answer.status == 400)
        }
        await upstream.stop()
        #expect(status == 0)
    }

    @Test("speaks TLS 1.2 and newer with its certificate (CVE-2024-23656: an older one was served)")
    func tls() async throws {
        let workspace = try Workspace()
        let authority = try EphemeralCertificateAuthority()
        let certificate = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let ca = try workspace.write(authority.certificatePEM, to: "ca.pem")
        let files = [
            try workspace.write(certificate.certificatePEM, to: "certificate.pem"),
            try workspace.write(certificate.privateKeyPEM, to: "key.pem"),
        ]
        let path = try configuration(
            in: workspace, server: "tls: { certificateFile: \(files[0]), keyFile: \(files[1]) }")
        let (status, _) = try await ServiceProcess.run(path, scheme: "https") { service in
            let old = ["--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"]
            for (options, expected) in [([], 200), (["--tls-max", "1.2"], 200), (old, 0)] {
                let answer = try await service.curl("/health/live", ["--cacert", ca] + options)
                #expect(answer.status == expected, "\(options)")
            }
            let untrusted = try await service.curl("/health/live")
            #expect(untrusted.status == 0)
        }
        #expect(status == 0)
    }
}
