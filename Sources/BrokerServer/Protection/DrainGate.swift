import IdentityBroker

/// Whether the service is being stopped, and how many requests are under way.
///
/// No request is refused because the service is being stopped: it says that it is not ready and tells clients to go, and then
/// accepts no connections.
package final class DrainGate: Sendable {
    private struct State: Sendable {
        var underWay = 0
        var isLeaving = false
    }

    private let state = Locked(State())

    package init() {}

    /// Whether the service is being stopped. It is not ready then, and tells clients to go.
    package var isLeaving: Bool { state.withLock { $0.isLeaving } }

    /// How many requests are under way.
    package var underWay: Int { state.withLock { $0.underWay } }

    /// The service is being stopped.
    package func announce() {
        state.withLock { $0.isLeaving = true }
    }

    /// A request comes, and ``leave()`` has to follow.
    package func enter() {
        state.withLock { $0.underWay += 1 }
    }

    /// A request has been answered, or given up.
    package func leave() {
        state.withLock { $0.underWay -= 1 }
    }
}
