/// Decides which requests are turned away at once, before there are so many that all of them are late.
///
/// What counts is a line that stays: requests are turned away while those inside would take longer to pass than the limit
/// allows, and have for a while. Only the service's own work counts. A login that waits for its upstream is outside.
package struct LoadShedder: Sendable {
    /// What a request that was turned away is told to wait: by then a line of the length allowed is long gone.
    package static let retryAfter: Duration = .seconds(1)

    private let limit: LoadLimit
    /// How many requests are inside.
    package private(set) var inside = 0
    /// The line, while there are so many inside that it is one.
    private var line: StandingLine?
    /// How fast the last line moved.
    private var pace: Double?

    package init(_ limit: LoadLimit) {
        self.limit = limit
    }

    /// A request comes.
    ///
    /// - Returns: Whether it is let in, and ``leave(isFirst:at:)`` has to follow.
    package mutating func enter(at now: Duration) -> Bool {
        guard inside < limit.requests else { return false }
        guard line?.admits(behind: inside, within: limit.wait, at: now) ?? true else { return false }
        reenter(at: now)
        return true
    }

    /// A request that was let in before comes back from a wait outside. It is never turned away.
    package mutating func reenter(at now: Duration) {
        inside += 1
        if inside == limit.alwaysTaken { line = StandingLine(since: now, formerPace: pace) }
    }

    /// A request is answered or given up, or begins a wait outside.
    ///
    /// - Parameter isFirst: Whether it leaves for the first time: each counts once for how fast the line moves.
    package mutating func leave(isFirst: Bool = true, at now: Duration) {
        inside -= 1
        if isFirst { line?.depart(at: now) }
        if inside < limit.alwaysTaken {
            pace = line?.pace(at: now) ?? pace
            line = nil
        }
    }
}
