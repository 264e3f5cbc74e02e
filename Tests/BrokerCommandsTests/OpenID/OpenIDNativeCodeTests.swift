import Foundation
import Testing

/// A code that an app got from an OpenID provider itself, at the sandbox.
@Suite("A code without a redirect of the broker's", .timeLimit(.minutes(5)))
struct OpenIDNativeCodeTests {
    private static let verifier = "a-code-verifier-of-an-app-that-is-long-enough-1"
    private static let nonce = "a-nonce-of-an-app-1"
    private static let redirectURI = "com.example.app:/callback"

    /// Runs with a sandbox, and a configuration whose instance takes such codes and which has this text at its end.
    private static func run(
        adding text: String = "",
        body: @Sendable (_ report: SandboxProcess.OpenIDReport, _ configuration: String) async throws -> Void
    ) async throws {
        let arguments = ["oidc", "--redirect-uri", redirectURI]
        _ = try await SandboxProcess.run(arguments) { (report: SandboxProcess.OpenIDReport) in
            let native = report.config.replacing("broker.yaml", with: "native.yaml")
            let yaml = try String(contentsOfFile: report.config, encoding: .utf8)
                .replacing("settings:\n", with: "settings:\n      nativeCodes: true\n")
            try Data("\(yaml)\n\(text)".utf8).write(to: URL(filePath: native))
            try await body(report, native)
        }
    }

    @Test("is redeemed on the command line with what the app sends beside it, if the instance takes such codes")
    func commandLine() async throws {
        try await Self.run { report, native in
            func login(_ config: String, _ lineBreak: String = "\n") async throws -> BrokerProcess.Outcome {
                let code = try await OpenIDPage.code(at: report, verifier: Self.verifier, nonce: Self.nonce)
                return try await BrokerProcess.run(
                    "login", "oidc", "--code", "-", "--nonce", Self.nonce, "--with", "code_verifier=-", "--with",
                    "redirect_uri=\(Self.redirectURI)", "--config", config, "--format", "json",
                    input: "\(code)\(lineBreak)\(Self.verifier)\(lineBreak)")
            }
            let outcome = try await login(native)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect((outcome.result?["claims"] as? [String: Any])?["name"] as? String == "Grace Hopper")
            let fromWindows = try await login(native, "\r\n")
            #expect(fromWindows.status == 0, "\(fromWindows.error)")
            let code = try await OpenIDPage.code(at: report, verifier: Self.verifier, nonce: Self.nonce)
            let piped = try await BrokerProcess.run(
                "login", "oidc", "--code", "-", "--nonce", "-", "--with", "code_verifier=-", "--with",
                "redirect_uri=\(Self.redirectURI)", "--config", native, "--format", "json",
                input: "\(code)\n\(Self.nonce)\n\(Self.verifier)\n")
            #expect(piped.status == 0, "\(piped.error)")
            let refused = try await login(report.config)
            #expect(refused.failure?["kind"] as? String == "invalid_credential")
            #expect(refused.failure?["credential"] as? String == "unused")
            let lines = try await BrokerProcess.run(
                "login", "oidc", "--code", "-", "--with", "code_verifier=-", "--config", native, "--format", "json",
                input: "one-line")
            #expect((lines.failure?["message"] as? String)?.contains("does not have 2 lines") == true)
        }
    }

    @Test("is exchanged by the service with the parts as parameters, and with none that the type does not name")
    func service() async throws {
        let text = """
            stores: { kind: memory }
            server: { issuer: "http://127.0.0.1:8080", listen: "127.0.0.1:0", keyEncryptionKey: { literal: \(Self.verifier) } }
            clients: { app: { secret: { literal: canary-client-secret-1 }, audiences: [https://api.example.com] } }
            """
        try await Self.run(adding: text) { report, native in
            _ = try await ServiceProcess.run(native) { service in
                func exchange(_ verifier: String?) async throws -> (status: Int, body: String) {
                    let code = try await OpenIDPage.code(at: report, verifier: Self.verifier, nonce: Self.nonce)
                    return try await service.curl(
                        "/oauth2/token",
                        [
                            "--user", "app:canary-client-secret-1", "-d", "provider=oidc", "-d",
                            "subject_token=\(code)",
                            "-d", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange", "-d",
                            "subject_token_type=urn:identity-broker:token-type:code", "-d", "nonce=\(Self.nonce)",
                            "-d", "redirect_uri=\(Self.redirectURI)", "-d", "device=ignored",
                        ] + (verifier.map { ["-d", "code_verifier=\($0)"] } ?? []))
                }
                let good = try await exchange(Self.verifier)
                #expect(good.status == 200, "\(good.body)")
                // The provider compares it with the challenge, so it does arrive.
                #expect(try await exchange(nil).body.contains("invalid_credential"))
                #expect(try await exchange("not a verifier").body.contains("code_verifier"))
            }
        }
    }

    @Test(
        "is refused by the service with a verifier that the type does not take: ignoring it would leave the code unbound"
    )
    func verifierOfOthers() async throws {
        let workspace = try Workspace()
        let path = try workspace.write(
            """
            version: 1
            providers:
              github: { type: github, settings: { clientId: c, clientSecret: { literal: canary-upstream-1 }, nativeCodes: true } }
            stores: { kind: memory }
            server: { issuer: "http://127.0.0.1:8080", listen: "127.0.0.1:0", keyEncryptionKey: { literal: \(Self.verifier) } }
            clients: { app: { secret: { literal: canary-client-secret-1 }, audiences: [https://api.example.com] } }
            """, to: "broker.yaml")
        _ = try await ServiceProcess.run(path) { service in
            for parameter in [
                "code_verifier=\(Self.verifier)", "redirect_uri=\(Self.redirectURI)", "nonce=\(Self.nonce)",
            ] {
                let answer = try await service.curl(
                    "/oauth2/token",
                    [
                        "--user", "app:canary-client-secret-1", "-d", "provider=github", "-d", "subject_token=code-1",
                        "-d", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange", "-d",
                        "subject_token_type=urn:identity-broker:token-type:code", "-d", parameter,
                    ])
                #expect(answer.status == 400 && answer.body.contains(#""credential":"unused""#), "\(answer.body)")
            }
        }
    }
}
