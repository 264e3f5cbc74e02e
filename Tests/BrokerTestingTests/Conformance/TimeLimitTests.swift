import LoopbackServer
import Testing

@testable import BrokerTesting

@Suite("A time limit")
struct TimeLimitTests {
    private struct Failure: Error {}

    @Test("returns the operation's result")
    func inTime() async throws {
        #expect(try await withTimeLimit(.seconds(60), of: "it") { 7 } == 7)
        await #expect(throws: Failure.self) {
            try await withTimeLimit(.seconds(60), of: "it") { throw Failure() }
        }
    }

    @Test("abandons what does not end, even if it ignores cancellation")
    func overdue() async throws {
        let turnstile = Turnstile()
        let observation = try await #require(throws: Observation.self) {
            try await withTimeLimit(.milliseconds(1), of: "the call") {
                // The inner task is never cancelled.
                try await Task { try await turnstile.pass() }.value
            }
        }
        #expect(observation.description.contains("the call"))
        turnstile.open()
    }

    @Test("ends with its caller's cancellation")
    func cancelled() async throws {
        let turnstile = Turnstile()
        let task = Task {
            try await withTimeLimit(.seconds(60), of: "it") { try await turnstile.pass() }
        }
        try await turnstile.waitUntilHeld()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
