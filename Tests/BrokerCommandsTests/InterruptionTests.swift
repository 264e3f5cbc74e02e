import BrokerTesting
import Foundation
import Subprocess
import Testing

@Suite("Ctrl-C")
struct InterruptionTests {
    @Test(
        "ends a login that waits for its upstream, and says that the ticket may have left",
        .timeLimit(.minutes(1)),
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
}
