/// Leaves an upstream alone that keeps failing, and lets one login at a time try whether it has recovered.
///
/// Closed, it lets everybody through and counts failures in a row. Open, it refuses for a while. Half-open, it lets one
/// login try: a success closes it, a failure opens it again.
struct CircuitBreaker: Sendable {
    enum State: Sendable, Equatable {
        case closed(failures: Int)
        case open(until: Duration)
        case halfOpen(isTrying: Bool)
    }

    /// What a login says of the upstream.
    enum Verdict: Sendable, Equatable {
        /// The upstream did its work, whatever it thinks of the credential.
        case healthy
        case failing
        /// The login ended for a reason that is not the upstream's.
        case undecided
    }

    /// What those who operate the service hear of. A trial that fails is no news.
    enum Change: Sendable, Equatable {
        /// It refuses for this time, and then lets one login at a time try.
        case opened(Duration)
        case closed
    }

    /// Leave to ask the upstream. Its verdict counts only as long as the breaker is in the state that it was given in.
    struct Permit: Sendable, Equatable {
        fileprivate let period: UInt64
    }

    enum Answer: Sendable, Equatable {
        case permitted(Permit)
        /// Try again after this time.
        case refused(Duration)
    }

    /// How long to wait while another login tries: nobody knows how long it takes.
    private static let trialPause: Duration = .seconds(1)

    private var limit: CircuitBreakerLimit
    private(set) var state = State.closed(failures: 0)
    private var period: UInt64 = 0

    init(_ limit: CircuitBreakerLimit) {
        self.limit = limit
    }

    /// Takes up another limit. The state and the permits stay, since the upstream is the same; no wait is longer than the new
    /// limit allows.
    mutating func adopt(_ limit: CircuitBreakerLimit, at now: Duration) {
        self.limit = limit
        if case .open(let end) = state { state = .open(until: min(end, now + limit.openFor)) }
    }

    /// How long a login would have to wait; nil if it would be let through.
    func wait(at now: Duration) -> Duration? {
        switch state {
        case .closed, .halfOpen(isTrying: false): nil
        case .open(let end): end > now ? end - now : nil
        case .halfOpen(isTrying: true): Self.trialPause
        }
    }

    /// Asks for leave; ``settle(_:as:at:)`` has to follow.
    mutating func enter(at now: Duration) -> Answer {
        if let wait = wait(at: now) { return .refused(wait) }
        switch state {
        case .closed: break
        case .open, .halfOpen: move(to: .halfOpen(isTrying: true))
        }
        return .permitted(Permit(period: period))
    }

    /// Says what came of a login.
    ///
    /// - Returns: What has changed by it, if anything.
    @discardableResult
    mutating func settle(_ permit: Permit, as verdict: Verdict, at now: Duration) -> Change? {
        guard permit.period == period else { return nil }
        switch (state, verdict) {
        case (.closed, .healthy):
            state = .closed(failures: 0)
        case (.closed(let failures), .failing):
            guard failures + 1 >= limit.failures else {
                state = .closed(failures: failures + 1)
                return nil
            }
            move(to: .open(until: now + limit.openFor))
            return .opened(limit.openFor)
        case (.halfOpen, .healthy):
            move(to: .closed(failures: 0))
            return .closed
        case (.halfOpen, .failing):
            move(to: .open(until: now + limit.openFor))
        case (.halfOpen, .undecided):
            move(to: .halfOpen(isTrying: false))
        case (.closed, .undecided), (.open, _):
            break
        }
        return nil
    }

    private mutating func move(to state: State) {
        self.state = state
        period += 1
    }
}
