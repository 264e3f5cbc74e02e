import Synchronization

/// One login's place at an instance. It is free again once all holders have left: the login, and the provider's task,
/// which may run past a deadline that it ignores.
final class Slot: Sendable {
    /// Whether the login waited for its place.
    let hasWaited: Bool
    /// The breaker's permission to contact the upstream; nil if there is no breaker.
    let permit: CircuitBreaker.Permit?
    private let holders = Atomic(1)
    private let free: @Sendable () -> Void

    init(hasWaited: Bool, permit: CircuitBreaker.Permit?, free: @escaping @Sendable () -> Void) {
        self.hasWaited = hasWaited
        self.permit = permit
        self.free = free
    }

    /// Adds a holder.
    func hold() {
        holders.add(1, ordering: .relaxed)
    }

    /// Removes a holder.
    func leave() {
        if holders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { free() }
    }
}
