import BrokerConfiguration
import BrokerService
import Foundation
import IdentityBroker
import Logging
import LoopbackServer
import Subprocess
import Testing
import WXAppProvider

@testable import BrokerCommands

/// `broker login --browser`, with a provider whose site is the test.
@Suite("A login with a browser", .serialized, .timeLimit(.minutes(5)))
struct BrowserLoginTests {
    /// A command that waits for a browser.
    private struct Waiting: Sendable {
        let base: String
        let state: String
        let path: String

        var port: Substring { base.split(separator: ":").last ?? "" }

        /// The status and the page for a request with these options of curl.
        func request(_ target: String, _ options: String...) async throws -> (status: Int, page: String) {
            let result = try await Subprocess.run(
                .name("curl"),
                arguments: Arguments(
                    ["--silent", "--max-time", "30", "--write-out", "\n%{http_code}", base + target] + options),
                output: .string(limit: 1 << 20),
                error: .discarded)
            let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
            return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
        }
    }

    private struct Outcome {
        let code: ExitCode
        let output: [String]
        let error: String
    }

    /// Runs the command, and the body once it waits for the browser.
    private func login(
        _ mode: String = "query",
        _ options: String...,
        body: @escaping @Sendable (Waiting) async throws -> Void = { _ in }
    ) async throws -> Outcome {
        let workspace = try Workspace()
        let path = try workspace.write(
            "version: 1\nproviders: { site: { type: site, settings: { mode: \(mode) } } }\nstores: { kind: memory }",
            to: "site.yaml")
        let (output, errors) = (Monitor<[String]>([]), Monitor<[String]>([]))
        let console = Console(
            write: { text in output.withState { $0.append(text) } },
            writeError: { text in errors.withState { $0.append(text) } }, style: .plain)
        async let code = BrokerCommand.run(
            ["login", "site", "--browser", "--no-open", "--config", path, "--format", "json"] + options,
            providers: [ProviderKind(SiteProvider.self)], stores: BrokerCommand.defaultStores, console: console)
        let line = try await errors.wait { $0.first }
        if let waiting = try Self.waiting(line) { try await body(waiting) }
        return Outcome(code: await code, output: output.snapshot, error: errors.snapshot.joined(separator: "\n"))
    }

    /// What a line says that asks to open a URL; nil for any other line.
    private static func waiting(_ line: String) throws -> Waiting? {
        let report = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard let url = report?["open"] as? String else { return nil }
        let items = try #require(URLComponents(string: url)?.queryItems)
        func value(_ name: String) throws -> String {
            try #require(items.first { $0.name == name }?.value)
        }
        let redirect = try #require(URLComponents(string: value("redirect_uri")))
        #expect(redirect.scheme == "http" && redirect.host == "127.0.0.1")
        return Waiting(
            base: "http://127.0.0.1:\(try #require(redirect.port))", state: try value("state"), path: redirect.path)
    }

    @Test("ends with the identity, and shows the person a page that says nothing about them")
    func success() async throws {
        let outcome = try await login { waiting in
            #expect(waiting.path == "/callback/site")
            let answer = try await waiting.request("\(waiting.path)?code=canary-code-1&state=\(waiting.state)", "-i")
            #expect(answer.status == 200 && answer.page.contains("<h1>Signed in</h1>"))
            #expect(!answer.page.contains("person-1"))
            let head = answer.page.lowercased()
            #expect(head.contains("cache-control: no-store") && head.contains("connection: close"))
            #expect(head.contains("content-security-policy: default-src 'none'"))
        }
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
        #expect(outcome.output.count == 1 && outcome.output.first?.contains(#""subject":"person-1""#) == true)
        #expect(!outcome.error.contains("canary-code-1"))
    }

    @Test(
        "takes a Host without a port where the port is the default one, as browsers send it",
        arguments: [(80, ["127.0.0.1:80", "127.0.0.1"]), (8080, ["127.0.0.1:8080"]), (443, ["127.0.0.1:443"])])
    func defaultPort(port: Int, authorities: [String]) {
        #expect(CallbackListener.authorities(at: port) == authorities)
    }

    @Test("ignores whatever is not its answer")
    func foreignRequests() async throws {
        let outcome = try await login { waiting in
            let (path, state) = (waiting.path, waiting.state)
            let good = "\(path)?code=c&state=\(state)"
            let refused: [(Int, String, [String])] = [
                (400, path, []), (400, "\(path)?", []), (400, "\(path)?code=c", []),
                (400, "\(path)?code=c&state=\(state.dropLast())", []),
                (400, "\(path)?code=c&state=\(state)0", []), (400, "\(good)&state=\(state)", []),
                (400, "\(good)&code=d", []), (400, "\(path)?code=%zz&state=\(state)", []),
                (400, good, ["--request", "POST"]), (400, good, ["--request", "PUT"]),
                (400, path, ["--data", "code=c&state=\(state)"]),
                (400, good, ["--header", "Host: evil.example:\(waiting.port)"]),
                (400, good, ["--header", "Host: localhost:\(waiting.port)"]),
                (400, good, ["--header", "Host: 127.0.0.1"]),
                (404, "/", []), (404, "/callback/other?code=c&state=\(state)", []),
                (404, "\(path)/?code=c&state=\(state)", []), (404, "//callback/site?code=c&state=\(state)", []),
            ]
            for (status, target, options) in refused {
                let result = try await Subprocess.run(
                    .name("curl"),
                    arguments: Arguments(
                        ["--silent", "--path-as-is", "--write-out", "\n%{http_code}", waiting.base + target] + options),
                    output: .string(limit: 1 << 20), error: .discarded)
                #expect(result.standardOutput.hasSuffix("\n\(status)"), "\(target) \(options)")
                #expect(!result.standardOutput.contains(state))
            }
            #expect(try await waiting.request(good).status == 200)
        }
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
    }

    @Test("takes a posted form if that is how the upstream answers, and only that")
    func formPost() async throws {
        let outcome = try await login("form_post") { waiting in
            let form = "code=c&state=\(waiting.state)"
            #expect(try await waiting.request("\(waiting.path)?\(form)").status == 400)
            #expect(try await waiting.request("\(waiting.path)?a=b", "--data", form).status == 400)
            let json = try await waiting.request(
                waiting.path, "--data", form, "--header", "Content-Type: application/json")
            #expect(json.status == 400)
            // A body that is cut off ends no wait, and its code is not redeemed.
            let cut = try await Subprocess.run(
                .name("bash"),
                arguments: [
                    "-c",
                    """
                    exec 3<>/dev/tcp/127.0.0.1/\(waiting.port)
                    printf 'POST \(waiting.path) HTTP/1.1\\r\\nHost: 127.0.0.1:\(waiting.port)\\r\\n' >&3
                    printf 'Content-Type: application/x-www-form-urlencoded\\r\\nContent-Length: 400\\r\\n\\r\\n' >&3
                    printf '\(form)' >&3
                    python3 -c 'import socket; socket.socket(fileno=3).shutdown(socket.SHUT_WR)'
                    cat <&3
                    """,
                ], output: .string(limit: 1 << 16), error: .discarded)
            #expect(cut.standardOutput.hasPrefix("HTTP/1.1 400"))
            #expect(try await waiting.request(waiting.path, "--data", form).status == 200)
        }
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
    }

    @Test(
        "ends with what the upstream answered",
        arguments: [
            ("code=bad", "Sign-in failed", BrokerCommands.ExitStatus.credentialRefused, "invalid_credential"),
            ("error=access_denied", "Sign-in was cancelled", .accessRefused, "cancelled_by_user"),
            ("code=c&iss=https%3A%2F%2Fevil.example", "Sign-in failed", .credentialRefused, "invalid_credential"),
            ("", "Sign-in failed", .credentialRefused, "invalid_credential"),
        ])
    func failure(answer: String, heading: String, status: BrokerCommands.ExitStatus, kind: String) async throws {
        let outcome = try await login { waiting in
            let page = try await waiting.request("\(waiting.path)?\(answer)&state=\(waiting.state)")
            #expect(page.status == 200 && page.page.contains("<h1>\(heading)</h1>"))
        }
        #expect(outcome.code == ExitCode(status: status), "\(outcome.error)")
        #expect(outcome.error.contains(#""kind":"\#(kind)""#))
        #expect(outcome.output.isEmpty)
    }

    @Test("takes one answer, whatever else has the state")
    func secondAnswer() async throws {
        let outcome = try await login { waiting in
            async let slow = waiting.request("\(waiting.path)?code=slow&state=\(waiting.state)")
            try await SiteProvider.isSlow.wait { $0 ? () : nil }
            #expect(try await waiting.request("\(waiting.path)?code=other&state=\(waiting.state)").status == 400)
            SiteProvider.isSlow.withState { $0 = false }
            let first = try await slow
            #expect(first.status == 200)
        }
        #expect(outcome.code == ExitCode(status: .success), "\(outcome.error)")
    }

    @Test("waits for as long as it is told")
    func patience() async throws {
        let outcome = try await login("query", "--wait", "50ms")
        #expect(outcome.code == ExitCode(status: .upstreamFailed))
        #expect(outcome.error.contains("No one signed in within 50ms."))
        #expect(outcome.error.contains(#""kind":"timed_out""#))
    }

    @Test("tells the browser if it is interrupted while it waits for the upstream")
    func interruption() async throws {
        let workspace = try Workspace()
        let configuration = try Configuration.load(
            contentsOf: workspace.write(
                "version: 1\nproviders: { site: { type: site, settings: { mode: query } } }\nstores: { kind: memory }",
                to: "site.yaml"),
            providers: ProviderRegistry([ProviderKind(SiteProvider.self)]), stores: StoreRegistry([.memory]))
        let end = OrderlyEnd()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let running = try RunningBroker(of: "site", in: configuration, logger: logger, endingWith: end)
        let lines = Monitor<[String]>([])
        let login = BrowserLogin(
            id: "site", broker: running.broker, port: 0, wait: .seconds(60), logger: logger,
            show: { url in lines.withState { $0.append(#"{"open":"\#(url)"}"#) } }, openBrowser: nil)
        let work = Task { try await login.run(endingWith: end) }
        let waiting = try #require(try Self.waiting(await lines.wait { $0.first }))
        async let page = waiting.request("\(waiting.path)?code=slow&state=\(waiting.state)")
        try await SiteProvider.isSlow.wait { $0 ? () : nil }
        work.cancel()
        let shown = try await page
        #expect(shown.status == 503 && shown.page.contains("Sign-in was interrupted"))
        let error = await #expect(throws: BrokerError.self) { try await work.value }
        #expect(error?.kind == .cancelled)
        _ = await end.run(within: .seconds(10))
        SiteProvider.isSlow.withState { $0 = false }
    }

    @Test("opens a browser that inherits no secrets")
    func environment() throws {
        let workspace = try Workspace()
        let configuration = try Configuration.load(
            contentsOf: workspace.write(
                """
                version: 1
                providers:
                  wxapp: { type: wxapp, settings: { userPoolId: 5e4cdd055df3df65dc58b97d, secret: { env: PROVIDER_SECRET } } }
                stores: { kind: memory }
                server: { listen: 127.0.0.1:8080, keyEncryptionKey: { env: ENCRYPTION_KEY } }
                clients: { app: { secrets: [{ env: OLD }, { file: new }], audiences: [https://api.example.com] } }
                """, to: "all.yaml"),
            providers: ProviderRegistry([WXAppProvider.self]), stores: StoreRegistry([.memory]))
        #expect(configuration.secretVariables == ["PROVIDER_SECRET", "ENCRYPTION_KEY", "OLD"])
    }

    @Test("uses the port that it is given, if it can")
    func port() async throws {
        let server = try await LoopbackServer.start(.init(tls: nil)) { _ in .respond(status: 200) }
        let outcome = try await login("query", "--port", "\(server.port)")
        await server.stop()
        #expect(outcome.code == ExitCode(status: .misconfigured), "\(outcome.error)")
        #expect(outcome.error.contains("'--port'"))
        let port = try ReservedPort().number
        let second = try await login("query", "--port", "\(port)") { waiting in
            #expect(waiting.port == "\(port)")
            _ = try await waiting.request("\(waiting.path)?code=c&state=\(waiting.state)")
        }
        #expect(second.code == ExitCode(status: .success), "\(second.error)")
    }

    @Test("needs a provider with redirects")
    func noRedirects() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--browser", "--no-open", "--format", "json", "--config", workspace.configuration())
        #expect(outcome.status == 78)
        #expect((outcome.failure?["message"] as? String)?.contains("begin no login by redirect") == true)
    }

    @Test("A code or an ID token is presented as such, and refused where the type does not accept it")
    func otherCredentials() async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration()
        for option in ["--code", "--id-token"] {
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", option, "-", "--format", "json", "--config", path, input: "canary-credential-9\n")
            #expect(outcome.status == 65)
            #expect(outcome.failure?["kind"] as? String == "invalid_credential")
            #expect(outcome.failure?["credential"] as? String == "unused")
            #expect(!outcome.error.contains("canary-credential-9"))
        }
    }
}
