/// Decides when to report a recurring check: when trouble begins or changes, hourly while it lasts, and when it ends. A
/// reader of today's log need not go back to the day on which it began.
package struct LastingTrouble<Trouble: Sendable & Equatable>: Sendable {
    /// What to report.
    package enum News: Sendable, Equatable {
        case begun
        case lasting(for: Duration)
        case over(after: Duration)
    }

    private struct State: Sendable {
        var trouble: Trouble
        /// When it began, on the stopwatch.
        let begun: Duration
        var told: Duration
    }

    private static var interval: Duration { .seconds(60 * 60) }

    private var state: State?

    package init() {}

    /// Records what was observed.
    ///
    /// - Parameters:
    ///   - trouble: What is wrong; nil if all is well.
    ///   - uptime: The stopwatch's time.
    /// - Returns: What to report, if anything.
    package mutating func observe(_ trouble: Trouble?, at uptime: Duration) -> News? {
        guard let trouble else {
            defer { state = nil }
            return state.map { .over(after: uptime - $0.begun) }
        }
        guard let old = state else {
            state = State(trouble: trouble, begun: uptime, told: uptime)
            return .begun
        }
        let isChanged = old.trouble != trouble
        guard isChanged || uptime - old.told >= Self.interval else { return nil }
        state = State(trouble: trouble, begun: old.begun, told: uptime)
        return isChanged ? .begun : .lasting(for: uptime - old.begun)
    }
}

extension LastingTrouble.News {
    /// How long it has lasted, or lasted in total, in whole seconds; nil at its beginning.
    package var seconds: Int64? {
        switch self {
        case .begun: nil
        case .lasting(let time), .over(let time): time.components.seconds
        }
    }

    /// Whether it is over.
    package var isOver: Bool {
        if case .over = self { true } else { false }
    }
}
