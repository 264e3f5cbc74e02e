import LoopbackServer
import Testing

@Suite("A monitor")
struct MonitorTests {
    private struct State: Sendable {
        var value = 0
        var waiting = 0
    }

    private struct Closed: Error {}

    @Test("returns at once when the condition holds")
    func conditionHolds() async throws {
        let monitor = Monitor(State(value: 3))
        let seen = try await monitor.wait { $0.value >= 3 ? $0.value : nil }
        #expect(seen == 3)
    }

    @Test("wakes a task when a change makes its condition hold")
    func conditionComesTrue() async throws {
        let monitor = Monitor(State())
        let seen = Task { try await monitor.wait(counting: \State.waiting) { $0.value >= 2 ? $0.value : nil } }
        try await monitor.wait { $0.waiting == 1 ? () : nil }
        monitor.withState { $0.value = 1 }
        #expect(monitor.snapshot.waiting == 1)
        monitor.withState { $0.value = 2 }
        #expect(try await seen.value == 2)
        #expect(monitor.snapshot.waiting == 0)
    }

    @Test("gives what a condition takes to the first task")
    func order() async throws {
        let monitor = Monitor(State())
        func take(_ order: Int) async throws -> Int {
            try await monitor.wait(counting: \State.waiting) { state in
                guard state.value > 0 else { return nil }
                state.value -= 1
                return order
            }
        }
        let first = Task { try await take(1) }
        try await monitor.wait { $0.waiting == 1 ? () : nil }
        let second = Task { try await take(2) }
        try await monitor.wait { $0.waiting == 2 ? () : nil }
        monitor.withState { $0.value = 1 }
        #expect(try await first.value == 1)
        #expect(monitor.snapshot.waiting == 1)
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(monitor.snapshot.waiting == 0)
    }

    @Test("refuses a task that is cancelled already, even when the condition holds")
    func cancelledBefore() async throws {
        let monitor = Monitor(State())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await monitor.wait { _ in () }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("fails all waiting tasks when it is closed")
    func closing() async throws {
        let monitor = Monitor(State())
        let task = Task { try await monitor.wait(counting: \State.waiting) { $0.value > 0 ? () : nil } }
        try await monitor.wait { $0.waiting == 1 ? () : nil }
        monitor.close(throwing: Closed())
        await #expect(throws: Closed.self) { try await task.value }
        await #expect(throws: Closed.self) { try await monitor.wait { $0.value > 0 ? () : nil } }
        try await monitor.wait { $0.value == 0 ? () : nil }
        #expect(monitor.snapshot.waiting == 0)
    }
}
