import Foundation
import Subprocess
import Testing

/// A `broker sandbox` that runs while a test uses it, and is stopped as by Ctrl-C.
struct SandboxProcess {
    /// What the sandbox reports at its start.
    struct Report: Decodable {
        let base_url: String
        let ca_file: String
        let config: String
        let user_pool_id: String
        let tickets: [String]
        let callback: String
        let authorize_url: String
    }

    /// What the sandbox of an OpenID provider reports.
    struct OpenIDReport: Decodable {
        let config: String
        let ca_file: String
        let people: [String]
        let id_tokens: [String]
        let nonce: String?
        let authorize_url: String?
    }

    /// What the sandbox of any upstream with a page reports.
    struct SiteReport: Decodable {
        let config: String
        let people: [String]
    }

    /// Starts a sandbox, runs the body while it runs, and kills it.
    static func runToKill(
        variables: [String: String],
        body: @Sendable () async throws -> Void
    ) async throws {
        _ = try await Subprocess.run(
            .path(BrokerProcess.path),
            arguments: ["sandbox", "--format", "json"],
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            defer { try? execution.send(signal: .kill) }
            _ = try #require(try await lines.next())
            try await body()
        }
    }

    /// Starts a sandbox of GenAuth, runs the body with its report, and returns the report and the exit status.
    static func run(
        _ options: String...,
        body: @Sendable (Report) async throws -> Void
    ) async throws -> (status: Int32, report: Report) {
        try await run(options, body: body)
    }

    /// Starts the sandbox of a type, runs the body with its report, and returns the report and the exit status.
    static func run<Report: Decodable & Sendable>(
        _ arguments: [String],
        body: @Sendable (Report) async throws -> Void
    ) async throws -> (status: Int32, report: Report) {
        let result = try await Subprocess.run(
            .path(BrokerProcess.path),
            arguments: Arguments(["sandbox"] + arguments + ["--format", "json"]),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            defer { try? execution.send(signal: .interrupt) }
            let report = try JSONDecoder().decode(Report.self, from: Data(#require(try await lines.next()).utf8))
            try await body(report)
            return report
        }
        guard case .exited(let status) = result.terminationStatus else { return (-1, result.closureResult) }
        return (Int32(status), result.closureResult)
    }
}
