import NIOCore

/// When the service rejects requests, so that the accepted ones are answered in time.
public struct LoadLimit: Sendable, Hashable {
    /// How many requests the service holds at once: those being processed and those waiting for their turn. It limits
    /// memory; a request that waits for its upstream does not count.
    public var requests: Int
    /// How many of them it processes concurrently. Those share the processors, so more of them would only be late
    /// together, along with everything else that needs a processor: new connections and refusals.
    public var parallelism: Int
    /// How long the service's own work on a request may take, including all waiting for turns.
    public var wait: Duration
    /// How many requests are always accepted, however slow the service is. Refusing one would not shorten so short a
    /// queue.
    public var alwaysTaken: Int
    /// How many bytes of incomplete requests are kept, on all connections together.
    public var incompleteBytes: Int
    /// How many bytes of complete requests are kept while they wait for their turn, on all connections together.
    public var waitingBytes: Int

    /// How many requests keep the processors of this machine busy: 32 per processor.
    public static var defaultParallelism: Int { 32 * System.coreCount }

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - requests: At least 1.
    ///   - parallelism: At least 1.
    ///   - wait: Greater than zero. Clients give up after a few times this.
    ///   - alwaysTaken: At least 1; counts among `requests`.
    ///   - incompleteBytes: At least the maximum size of one request.
    ///   - waitingBytes: At least the maximum size of one request.
    public init(
        requests: Int = 2048,
        parallelism: Int = LoadLimit.defaultParallelism,
        wait: Duration = .milliseconds(500),
        alwaysTaken: Int = 16,
        incompleteBytes: Int = 32 * 1024 * 1024,
        waitingBytes: Int = 32 * 1024 * 1024
    ) {
        self.requests = requests
        self.parallelism = parallelism
        self.wait = wait
        self.alwaysTaken = alwaysTaken
        self.incompleteBytes = incompleteBytes
        self.waitingBytes = waitingBytes
    }
}

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
