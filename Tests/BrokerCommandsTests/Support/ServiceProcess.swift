import Foundation
import LoopbackServer
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A `broker serve` that runs while a test uses it, and is stopped as by a supervisor.
struct ServiceProcess {
    /// What the service reports once it accepts requests.
    struct Report: Decodable, Sendable {
        struct Example: Decodable, Sendable {
            let client_id: String
            let client_secret: String?
            let tickets: [String]?
            let id_tokens: [String]?
            let nonce: String?
        }

        let issuer: String
        let port: Int
        let example: Example?
    }

    let report: Report

    /// Its base URL.
    let base: String
    private let send: @Sendable (Subprocess.Signal) throws -> Void
    private let isStopping: Monitor<Bool>

    /// Stops it with `SIGTERM`. The second time, it stops at once.
    func stop() throws {
        isStopping.withState { $0 = true }
        try send(.terminate)
    }

    /// Has it reload its configuration and certificates with `SIGHUP`.
    func reload() throws {
        try send(.terminalClosed)
    }

    /// Asks until the expected answer comes.
    func wait(
        for path: String,
        _ options: [String] = [],
        until isExpected: @Sendable ((status: Int, body: String)) -> Bool
    ) async throws {
        while try await !isExpected(curl(path, options)) {}
    }

    /// Starts a service, runs the body, stops the service, and returns its exit status and what it wrote to standard
    /// error.
    ///
    /// - Parameter logLevel: The log level; nil for the default.
    static func run(
        _ configuration: String,
        options: [String] = [],
        variables: [String: String] = [:],
        scheme: String = "http",
        logLevel: String? = "trace",
        body: @Sendable (ServiceProcess) async throws -> Void
    ) async throws -> (status: Int32, error: String) {
        let log = FileManager.default.temporaryDirectory.appending(path: "serve-\(UUID().uuidString).log").path()
        defer { try? FileManager.default.removeItem(atPath: log) }
        let isStopping = Monitor(false)
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(
                [
                    "-c", "log=$1; shift; exec \"$0\" serve --format json \"$@\" 2>\"$log\"",
                    BrokerProcess.path.string, log, "--config", configuration,
                ] + (logLevel.map { ["--log-level", $0] } ?? []) + options),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            defer { if !isStopping.snapshot { try? execution.send(signal: .terminate) } }
            let line = try await lines.next()
            let report = try JSONDecoder().decode(Report.self, from: Data(#require(line).utf8))
            let service = ServiceProcess(
                report: report,
                base: "\(scheme)://localhost:\(report.port)",
                send: { try execution.send(signal: $0) },
                isStopping: isStopping
            )
            try await body(service)
        }
        let written = try String(contentsOfFile: log, encoding: .utf8)
        guard case .exited(let status) = result.terminationStatus else { return (-1, written) }
        return (Int32(status), written)
    }

    /// curl's result: the status and the body. A status of 0 means that the connection failed.
    func curl(_ path: String, _ options: [String] = []) async throws -> (status: Int, body: String) {
        let result = try await Subprocess.run(
            .name("curl"),
            arguments: Arguments(
                ["--silent", "--max-time", "30", "--write-out", "\n%{http_code}", base + path] + options),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
    }
}
