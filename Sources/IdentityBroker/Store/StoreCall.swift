/// One call to a store, as a store sees it that has callers wait in a line.
///
/// A store that says when a call waits and when it begins lets a caller whose time is over know that nothing happened, and
/// drops what nobody waits for any more. Of a store that says nothing, anything may have happened.
package final class StoreCall: Sendable {
    /// The call that the running task makes; nil for one that has all the time it takes.
    @TaskLocal package static var current: StoreCall?

    private let progress = Locked(StoreCallProgress())

    package init() {}

    /// The call stands in a line, and nothing is done for it yet.
    package func wait() {
        progress.withLock { $0.wait() }
    }

    /// The call's turn has come.
    ///
    /// - Returns: Whether to do it. If not, its caller has been told that it was not done.
    package func begin() -> Bool {
        progress.withLock { $0.begin() }
    }

    /// The caller waits no longer.
    ///
    /// - Returns: Whether the call may have been done, or may be done yet.
    package func giveUp() -> Bool {
        progress.withLock { $0.giveUp() }
    }
}

/// How far a call has got, as a value.
struct StoreCallProgress: Sendable, Equatable {
    private enum Phase: Sendable {
        case handedOver, waiting, begun
    }

    private var phase = Phase.handedOver
    private var isGivenUp = false

    mutating func wait() {
        // Given up before, its caller was told that it may have happened. That it waits now changes nothing.
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
