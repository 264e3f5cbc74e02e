/// One call to a store, as seen by a store whose callers queue.
///
/// If a store reports when a call waits and when it begins, a caller that times out learns that nothing happened, and
/// abandoned calls are dropped. Otherwise anything may have happened.
package final class StoreCall: Sendable {
    /// The current task's call; nil for one without a time limit.
    @TaskLocal package static var current: StoreCall?

    private let progress = Locked(StoreCallProgress())

    package init() {}

    /// Reports that the call is queued, and not begun.
    package func wait() {
        progress.withLock { $0.wait() }
    }

    /// Reports that the call's turn has come.
    ///
    /// - Returns: Whether to perform it. If not, its caller was told that it was not done.
    package func begin() -> Bool {
        progress.withLock { $0.begin() }
    }

    /// Reports that the caller no longer waits.
    ///
    /// - Returns: Whether the call may have been performed, or may be later.
    package func giveUp() -> Bool {
        progress.withLock { $0.giveUp() }
    }
}

/// The progress of a call, as a value.
struct StoreCallProgress: Sendable, Equatable {
    private enum Phase: Sendable {
        case handedOver, waiting, begun
    }

    private var phase = Phase.handedOver
    private var isGivenUp = false

    mutating func wait() {
        // If it was given up before, its caller was told that it may have happened. Queueing it now changes nothing.
        if phase == .handedOver, !isGivenUp { phase = .waiting }
    }

    mutating func begin() -> Bool {
        guard !isGivenUp else { return false }
        phase = .begun
        return true
    }

    mutating func giveUp() -> Bool {
        isGivenUp = true
        return phase != .waiting
    }
}
