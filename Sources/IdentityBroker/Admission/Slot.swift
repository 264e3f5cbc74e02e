import Synchronization

/// One login's place at an instance. It is free again when all who hold it have left: the login, and the provider's task,
/// which goes on after a deadline that it ignores.
final class Slot: Sendable {
    /// Whether the login waited for its place.
    let hasWaited: Bool
    /// The breaker's leave to ask the upstream; nil where there is no breaker.
    let permit: CircuitBreaker.Permit?
    private let holders = Atomic(1)
    private let free: @Sendable () -> Void

    init(hasWaited: Bool, permit: CircuitBreaker.Permit?, free: @escaping @Sendable () -> Void) {
        self.hasWaited = hasWaited
        self.permit = permit
        self.free = free
    }

    /// One more holds the place.
    func hold() {
        holders.add(1, ordering: .relaxed)
    }

    /// One of the holders leaves.
    func leave() {
        if holders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { free() }
    }
}
