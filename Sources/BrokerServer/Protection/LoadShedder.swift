/// Decides which requests are processed, which wait for their turn, and which are rejected at once, before there are so
/// many that all are late.
///
/// A standing queue is what counts: requests are rejected while those ahead would take longer to pass than the limit
/// allows, and have for a while. Only the service's own work counts; a login that waits for its upstream does not.
package struct LoadShedder: Sendable {
    /// What happens to a new request.
    package enum Decision: Sendable {
        /// It is processed, and ``leave(isFirst:at:)`` must follow.
        case admitted
        /// It waits for its turn, until ``leave(isFirst:at:)`` admits the next one, or until ``abandon(at:)``.
        case waits
        /// It is rejected.
        case refused
    }

    /// The retry delay for a rejected request: by then, a queue of the allowed length has long passed.
    package static let retryAfter: Duration = .seconds(1)

    private let limit: LoadLimit
    /// How many requests are being processed.
    package private(set) var inside = 0
    /// How many wait for their turn. None does while fewer are inside than allowed.
    package private(set) var waiting = 0
    /// The queue, while there are enough requests to form one.
    private var line: StandingLine?
    /// How fast the last queue moved.
    private var pace: Double?

    package init(_ limit: LoadLimit) {
        self.limit = limit
    }

    /// Whether a new request would have to wait.
    package var isBusy: Bool { inside >= limit.parallelism }

    private var length: Int { inside + waiting }

    /// Records a new request.
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

    /// Readmits a request after a wait outside. It is never rejected, and does not wait again.
    package mutating func reenter(at now: Duration) {
        inside += 1
        lengthen(at: now)
    }

    /// Records that a request is answered, given up, or begins a wait outside.
    ///
    /// - Parameter isFirst: Whether it leaves for the first time: each counts once for the speed of the queue.
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

    /// Records that a waiting request is given up.
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
