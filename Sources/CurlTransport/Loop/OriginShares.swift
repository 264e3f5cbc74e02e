/// Divides the transfers that may be under way among the origins that they go to.
///
/// An origin may have three quarters of what the others leave free, and at least one. So an upstream that hangs leaves
/// room for the next, and that one for a third.
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

    /// A transfer that was admitted is over.
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
