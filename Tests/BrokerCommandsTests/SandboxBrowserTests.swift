import BrokerSandbox
import Foundation
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import OpenIDConnectSandbox
import Testing
import WXAppProvider

@testable import BrokerCommands

/// `broker login TYPE --browser` at a sandbox's page, where the test is the person.
@Suite("A person at the page of an OpenID provider's sandbox", .serialized, .timeLimit(.minutes(10)))
struct OpenIDSandboxBrowserTests {
    private struct Outcome {
        let code: ExitCode
        let output: String
        let error: String
    }

    /// Runs the command, and as the person chooses on the page that it opens.
    private func login(_ arguments: String..., choosing choice: String) async throws -> Outcome {
        let (output, errors) = (Monitor<[String]>([]), Monitor<[String]>([]))
        let console = Console(
            write: { text in output.withState { $0.append(text) } },
            writeError: { text in errors.withState { $0.append(text) } }, style: .plain)
        let types = [ProviderKind(OpenIDConnectProvider.self), ProviderKind(WXAppProvider.self)]
        let providers = types + OpenIDConnectPreset.all.map(\.kind)
        async let code = BrokerCommand.run(
            ["login"] + arguments + ["--browser", "--no-open", "--format", "json"], providers: providers,
            stores: BrokerCommand.defaultStores, sandboxes: OpenIDConnectSandbox.kinds, console: console)
        let line = try await errors.wait { $0.first }
        let report = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        if let url = report?["open"] as? String { try await Self.choose(choice, at: url) }
        return Outcome(
            code: await code, output: output.snapshot.joined(), error: errors.snapshot.joined(separator: "\n"))
    }

    /// Opens the page, and follows the link of a choice or posts the form that it answers with.
    private static func choose(_ choice: String, at url: String) async throws {
        let page = try await OpenIDPage.curl(url)
        #expect(page.contains("Sign in as:") && page.contains("sandbox_choice=\(choice)\""))
        let answer = try await OpenIDPage.curl(url + "&sandbox_choice=\(choice)", "--location")
        guard let action = answer.firstMatch(of: /action="([^"]+)"/)?.1 else {
            #expect(answer.contains("<h1>Sign"))
            return
        }
        let fields = answer.matches(of: /name="([^"]+)" value="([^"]*)"/).flatMap { match in
            ["--data-urlencode", "\(match.1)=\(match.2.replacing("&quot;", with: "\"").replacing("&amp;", with: "&"))"]
        }
        #expect(try await OpenIDPage.curl(String(action), fields).contains("<h1>Sign"))
    }

    @Test("signs in whom they choose", arguments: ["oidc", "apple", "linkedin", "microsoft", "keycloak"])
    func choice(type: String) async throws {
        let outcome = try await login(type, "--sandbox", choosing: "grace")
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        #expect(outcome.output.contains(#""name":"Grace Hopper""#))
    }

    @Test("cancels", arguments: ["oidc", "apple", "linkedin"])
    func cancel(type: String) async throws {
        let outcome = try await login(type, "--sandbox", choosing: "cancel")
        #expect(outcome.error.contains(#""kind":"cancelled_by_user""#), "\(outcome.error)")
    }

    @Test(
        "signs in whatever the client proves itself with, and whatever signs",
        arguments: [
            ("client_secret_basic", "ES256"), ("client_secret_post", "RS256"), ("private_key_jwt", "ES256"),
            ("none", "ES256"),
        ])
    func methods(method: String, algorithm: String) async throws {
        let arguments = ["oidc", "--client-auth", method, "--algorithm", algorithm]
        let (status, _) = try await SandboxProcess.run(arguments) { (report: SandboxProcess.OpenIDReport) in
            let outcome = try await login("oidc", "--config", report.config, choosing: "ada")
            #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        }
        #expect(status == 0)
    }

    @Test("is refused if the secret is another")
    func wrongSecret() async throws {
        _ = try await SandboxProcess.run(["google"]) { (report: SandboxProcess.OpenIDReport) in
            let secret = report.config.replacing("broker.yaml", with: "clientSecret")
            try Data("another-secret-of-a-client".utf8).write(to: URL(filePath: secret))
            let outcome = try await login("google", "--config", report.config, choosing: "ada")
            #expect(outcome.error.contains(#""kind":"misconfigured""#), "\(outcome.error)")
        }
    }

    @Test("gets its name from Apple's form at the first login alone")
    func nameOnce() async throws {
        _ = try await SandboxProcess.run(["apple"]) { (report: SandboxProcess.OpenIDReport) in
            let first = try await login("apple", "--config", report.config, choosing: "ada")
            #expect(first.output.contains(#""name":"Ada Lovelace""#), "\(first.error)")
            let second = try await login("apple", "--config", report.config, choosing: "ada")
            #expect(second.code == ExitCode(status: .success) && !second.output.contains("Lovelace"), "\(second.error)")
        }
    }
}
