import BrokerTesting
import Foundation
import LoopbackServer
import Subprocess
import Testing

@testable import BrokerCommands

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Ctrl-C")
struct InterruptionTests {
    @Test(
        "ends a login that waits for its upstream, and says that the ticket may have left",
        .timeLimit(.minutes(15)),
        arguments: [Signal.interrupt, .terminate]
    )
    func login(_ signal: Signal) async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start(.hangBeforeHeaders)
        let configuration = try workspace.configuration(
            baseURL: upstream.baseURL, caFile: upstream.caFile, timeout: "1m")
        let result = try await Subprocess.run(
            .path(BrokerProcess.path),
            arguments: ["login", "wxapp", "--ticket", "ticket", "--config", configuration, "--format", "json"],
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            try await upstream.waitForRequests(1)
            try execution.send(signal: signal)
            var lines: [String] = []
            for try await line in execution.standardError.strings() { lines.append(line) }
            return lines.joined(separator: "\n")
        }
        await upstream.stop()
        let status: Int32 = if case .exited(let code) = result.terminationStatus { Int32(code) } else { -1 }
        let outcome = BrokerProcess.Outcome(status: status, output: "", error: result.closureResult)
        #expect(outcome.status == 130)
        #expect(outcome.failure?["kind"] as? String == "cancelled")
        #expect(outcome.failure?["credential"] as? String == "unknown")
        #expect(upstream.requests.count == 1)
    }

    @Test(
        "ends a command that waits for standard input", .timeLimit(.minutes(15)), arguments: ["--ticket", "--callback"])
    func input(_ option: String) async throws {
        let workspace = try Workspace()
        let configuration = try workspace.configuration()
        let (read, write) = try FileDescriptor.pipe()
        defer { try? write.close() }
        let result = try await Subprocess.run(
            .path(BrokerProcess.path),
            arguments: ["login", "wxapp", option, "-", "--config", configuration, "--format", "json"],
            input: .fileDescriptor(read, closeAfterSpawningProcess: true),
            output: .discarded,
            error: .sequence
        ) { execution in
            while try !Self.catchesInterrupts(execution.processIdentifier.value) { await Task.yield() }
            try execution.send(signal: .interrupt)
            var lines: [String] = []
            for try await line in execution.standardError.strings() { lines.append(line) }
            return lines.joined(separator: "\n")
        }
        let status: Int32 = if case .exited(let code) = result.terminationStatus { Int32(code) } else { -1 }
        let outcome = BrokerProcess.Outcome(status: status, output: "", error: result.closureResult)
        #expect(outcome.status == 130)
        #expect(outcome.failure?["kind"] as? String == "cancelled")
        #expect(outcome.failure?["credential"] as? String == "unused")
    }

    @Test(
        "or a closing terminal while a service starts ends it as soon as it serves",
        .timeLimit(.minutes(15)),
        arguments: [Signal.terminate, .terminalClosed]
    )
    func start(_ signal: Signal) async throws {
        let workspace = try Workspace()
        let result = try await Subprocess.run(
            .path(BrokerProcess.path),
            arguments: ["serve", "--sandbox", "--format", "json", "--config", try Self.serving(in: workspace)],
            environment: .inherit.updating(["TMPDIR": workspace.directory]),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            while try !Self.catchesInterrupts(execution.processIdentifier.value, and: SIGHUP) { await Task.yield() }
            try execution.send(signal: signal)
        }
        #expect(result.terminationStatus == .exited(0))
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory) == ["broker.yaml"])
    }

    @Test("is distinguished from a closing terminal and from a requested end", arguments: [false, true])
    func request(isFirst: Bool) async {
        let interruption = Interruption()
        if isFirst {
            interruption.request()
            #expect(interruption.count == 1)
        }
        interruption.add()
        interruption.request()
        interruption.request()
        #expect(interruption.count == 1)
        interruption.add()
        #expect(interruption.count == 2)
        await interruption.wait(for: 2)
    }

    private static func serving(in workspace: borrowing Workspace) throws -> String {
        try workspace.configuration(
            document: """
                server:
                  listen: "127.0.0.1:\(try ReservedPort().number)"
                  keyEncryptionKey: { literal: "a key encryption key, for a test" }
                clients: { app: { secret: { literal: "a client secret of a test" }, audiences: ["https://api.example.com"] } }
                """)
    }

    /// Whether a process handles `SIGINT`, `SIGTERM` and these signals itself (proc(5), `SigCgt`).
    private static func catchesInterrupts(_ process: pid_t, and others: Int32...) throws -> Bool {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") })
        let mask = try #require(UInt64(line.dropFirst("SigCgt:".count).filter { !$0.isWhitespace }, radix: 16))
        return ([SIGINT, SIGTERM] + others).allSatisfy { mask & 1 << UInt64($0 - 1) != 0 }
    }
}
