/// Decides when to tell of something that is looked at again and again: when trouble begins or changes, once an hour while it
/// goes on, and when it is over. A log that is read today need not go back to the day on which it began.
package struct LastingTrouble<Trouble: Sendable & Equatable>: Sendable {
    /// What there is to tell.
    package enum News: Sendable, Equatable {
        case begun
        case lasting(for: Duration)
        case over(after: Duration)
    }

    private struct State: Sendable {
        var trouble: Trouble
        /// When it began, in whatever form.
        let begun: Duration
        var told: Duration
    }

    private static var interval: Duration { .seconds(60 * 60) }

    private var state: State?

    package init() {}

    /// Takes in what was seen.
    ///
    /// - Parameters:
    ///   - trouble: What is wrong; nil where all is well.
    ///   - uptime: The time by a stopwatch.
    /// - Returns: What to tell, if anything.
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
    /// For how long it has lasted, or had, in whole seconds; nil at its beginning.
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
