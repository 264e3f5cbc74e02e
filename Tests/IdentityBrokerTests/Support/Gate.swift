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
