import IdentityBroker
import LoopbackServer

/// A gate that tasks wait at until a test opens it.
final class Gate: Sendable {
    private struct State: Sendable {
        var isOpen = false
        var waiting = 0
    }

    private let state = Monitor(State())

    var isOpen: Bool { state.snapshot.isOpen }

    func open() {
        state.withState { $0.isOpen = true }
    }

    /// Waits until the gate is open, or throws `CancellationError`.
    func pass() async throws {
        try await state.wait(counting: \State.waiting) { $0.isOpen ? () : nil }
    }

    /// Waits until the gate is open, even if the calling task is cancelled.
    func passStubbornly() async {
        // The task is never cancelled, so that nothing can be thrown.
        try? await Task { try await pass() }.value
    }

    /// Waits until at least this many tasks have arrived at the gate.
    func waitForArrivals(_ count: Int = 1) async throws {
        try await state.wait { $0.waiting >= count ? () : nil }
    }
}

/// What happened, in order.
final class Journal: Sendable {
    private let lines = Locked<[String]>([])

    var entries: [String] { lines.withLock { $0 } }

    func note(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}

/// A clock that does not move, and reports when a sleeper is woken by cancellation.
struct AlarmClock: Clock {
    private let asleep = Gate()
    private let cancelled: Gate

    init(whenCancelled cancelled: Gate) {
        self.cancelled = cancelled
    }

    var now: ContinuousClock.Instant { start }
    var minimumResolution: Duration { .zero }

    private let start = ContinuousClock.now

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        do { try await asleep.pass() } catch {
            cancelled.open()
            throw error
        }
    }
}
