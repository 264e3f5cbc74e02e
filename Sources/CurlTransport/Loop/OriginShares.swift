/// Divides the transfers that may be under way among the origins that they go to.
///
/// An origin may have three quarters of what the others leave free, and at least one. So one hanging upstream leaves
/// room for a second, and both leave room for a third.
///
/// A finished transfer may still count for a while, because it has left descriptors in use.
struct OriginShares: Sendable, Hashable {
    enum Decision: Sendable, Hashable {
        case admitted
        /// The origin uses its whole share; others have the rest.
        case originAtLimit
        /// The total limit is reached.
        case full
    }

    /// How many transfers may be under way in total.
    let most: Int
    /// How many transfers are under way.
    private(set) var count = 0
    /// Only origins that have transfers.
    private var counts: [Origin: Int] = [:]
    /// Finished transfers that still count, in the order in which they stop counting.
    private var held: [Held] = []

    private struct Held: Sendable, Hashable {
        let origin: Origin
        let end: ContinuousClock.Instant
    }

    /// - Parameter most: At least 1.
    init(most: Int) {
        self.most = most
    }

    /// Asks to start a transfer to the origin. It counts, and ``end(_:)`` must follow, only if it is admitted.
    mutating func begin(_ origin: Origin) -> Decision {
        guard count < most else { return .full }
        let own = counts[origin, default: 0]
        guard own < share(leavingOut: count - own) else { return .originAtLimit }
        count += 1
        counts[origin] = own + 1
        return .admitted
    }

    /// Ends a transfer that was admitted, but counts it until the given time. Each time must be no earlier than the
    /// last.
    mutating func hold(_ origin: Origin, until end: ContinuousClock.Instant) {
        held.append(Held(origin: origin, end: end))
    }

    /// Removes the transfers that have counted for long enough.
    mutating func release(at now: ContinuousClock.Instant) {
        let due = held.prefix { $0.end <= now }
        guard !due.isEmpty else { return }
        for transfer in due { end(transfer.origin) }
        held.removeFirst(due.count)
    }

    /// Ends a transfer that was admitted.
    mutating func end(_ origin: Origin) {
        guard let own = counts[origin] else { return }
        count -= 1
        counts[origin] = own > 1 ? own - 1 : nil
    }

    private func share(leavingOut others: Int) -> Int {
        let free = most - others
        return max(1, free / 4 * 3 + free % 4 * 3 / 4)
    }
}
