/// Decides which requests are worked on, which wait for their turn, and which are turned away at once, before there are so many
/// that all of them are late.
///
/// What counts is a line that stays: requests are turned away while those before them would take longer to pass than the limit
/// allows, and have for a while. Only the service's own work counts. A login that waits for its upstream is outside.
package struct LoadShedder: Sendable {
    /// What becomes of a request that comes.
    package enum Decision: Sendable {
        /// It is worked on, and ``leave(isFirst:at:)`` has to follow.
        case admitted
        /// It waits for its turn: until ``leave(isFirst:at:)`` says that the next one is admitted, or ``abandon(at:)``.
        case waits
        /// It is turned away.
        case refused
    }

    /// What a request that was turned away is told to wait: by then a line of the length allowed is long gone.
    package static let retryAfter: Duration = .seconds(1)

    private let limit: LoadLimit
    /// How many requests are worked on.
    package private(set) var inside = 0
    /// How many wait for their turn. None does while fewer are inside than may be.
    package private(set) var waiting = 0
    /// The line, while there are so many requests that it is one.
    private var line: StandingLine?
    /// How fast the last line moved.
    private var pace: Double?

    package init(_ limit: LoadLimit) {
        self.limit = limit
    }

    /// Whether a request that comes now would have to wait.
    package var isBusy: Bool { inside >= limit.parallelism }

    private var length: Int { inside + waiting }

    /// A request comes.
    package mutating func enter(at now: Duration) -> Decision {
        let length = length
        guard length < limit.requests else { return .refused }
        guard line?.admits(behind: length, within: limit.wait, at: now) ?? true else { return .refused }
        guard !isBusy else {
            waiting += 1
            lengthen(at: now)
            return .waits
        }
        reenter(at: now)
        return .admitted
    }

    /// A request that was let in before comes back from a wait outside. It is never turned away, and does not wait again.
    package mutating func reenter(at now: Duration) {
        inside += 1
        lengthen(at: now)
    }

    /// A request is answered or given up, or begins a wait outside.
    ///
    /// - Parameter isFirst: Whether it leaves for the first time: each counts once for how fast the line moves.
    /// - Returns: Whether the request that has waited longest is admitted.
    package mutating func leave(isFirst: Bool = true, at now: Duration) -> Bool {
        inside -= 1
        let admitsNext = waiting > 0 && !isBusy
        if admitsNext {
            waiting -= 1
            inside += 1
        }
        if isFirst { line?.depart(at: now) }
        shorten(at: now)
        return admitsNext
    }

    /// A request that waits is given up.
    package mutating func abandon(at now: Duration) {
        waiting -= 1
        shorten(at: now)
    }

    private mutating func lengthen(at now: Duration) {
        if length == limit.alwaysTaken { line = StandingLine(since: now, formerPace: pace) }
    }

    private mutating func shorten(at now: Duration) {
        guard length < limit.alwaysTaken else { return }
        pace = line?.pace(at: now) ?? pace
        line = nil
    }
}
