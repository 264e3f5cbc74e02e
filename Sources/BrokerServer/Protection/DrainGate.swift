import IdentityBroker

/// Whether the service is stopping, and how many requests are under way.
///
/// Stopping refuses no requests: the service first reports not ready and tells clients to leave, then accepts no more
/// connections.
package final class DrainGate: Sendable {
    private struct State: Sendable {
        var underWay = 0
        var isLeaving = false
    }

    private let state = Locked(State())

    package init() {}

    /// Whether the service is stopping. It then reports not ready, and tells clients to leave.
    package var isLeaving: Bool { state.withLock { $0.isLeaving } }

    /// How many requests are under way.
    package var underWay: Int { state.withLock { $0.underWay } }

    /// Announces that the service is stopping.
    package func announce() {
        state.withLock { $0.isLeaving = true }
    }

    /// Records a new request; ``leave()`` must follow.
    package func enter() {
        state.withLock { $0.underWay += 1 }
    }

    /// Records that a request was answered or given up.
    package func leave() {
        state.withLock { $0.underWay -= 1 }
    }
}
