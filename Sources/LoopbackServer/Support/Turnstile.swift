/// Holds scripts, or any tasks, until a test lets them pass: it orders events without sleeping.
public final class Turnstile: Sendable {
    private struct State: Sendable {
        var permits = 0
        var isOpen = false
        var held = 0
    }

    private let state = Monitor(State())

    /// Makes a closed turnstile.
    public init() {}

    /// Lets `count` tasks pass, those held longest first; remaining permits are for later ones.
    public func admit(_ count: Int = 1) {
        state.withState { $0.permits += count }
    }

    /// Lets all tasks pass from now on.
    public func open() {
        state.withState { $0.isOpen = true }
    }

    /// Suspends until it may pass. A cancelled task uses no permit.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func pass() async throws {
        try await state.wait(counting: \State.held) { state -> Void? in
            if state.isOpen { return () }
            guard state.permits > 0 else { return nil }
            state.permits -= 1
            return ()
        }
    }

    /// Suspends until at least `count` tasks are held here at the same time.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func waitUntilHeld(_ count: Int = 1) async throws {
        try await state.wait { $0.held >= count ? () : nil }
    }
}
