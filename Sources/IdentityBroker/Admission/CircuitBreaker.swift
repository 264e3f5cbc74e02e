/// When logins to a failing upstream are suspended.
public struct CircuitBreakerLimit: Sendable, Hashable {
    /// How many consecutive logins must fail because of the upstream. A user's bad credential does not count.
    public var failures: Int
    /// How long logins are then refused immediately. After that, one login tests whether the upstream has recovered.
    public var openFor: Duration

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - failures: At least 1.
    ///   - openFor: Greater than zero.
    public init(failures: Int = 10, openFor: Duration = .seconds(10)) {
        self.failures = failures
        self.openFor = openFor
    }
}

/// Stops logins to an upstream that keeps failing, and lets one login at a time probe whether it has recovered.
///
/// Closed, it admits every login and counts consecutive failures. Open, it refuses logins for a while. Half-open, it
/// lets one login try: a success closes it, a failure opens it again.
struct CircuitBreaker: Sendable {
    enum State: Sendable, Equatable {
        case closed(failures: Int)
        case open(until: Duration)
        case halfOpen(isTrying: Bool)
    }

    /// What a login shows about the upstream.
    enum Verdict: Sendable, Equatable {
        /// The upstream did its work, whatever its verdict on the credential.
        case healthy
        case failing
        /// The login ended for a reason unrelated to the upstream.
        case undecided
    }

    /// What operators are told. A failed trial is no news.
    enum Change: Sendable, Equatable {
        /// It refuses logins for this long, then lets one at a time try.
        case opened(Duration)
        case closed
    }

    /// Permission to contact the upstream. Its verdict counts only while the breaker is in the state that granted it.
    struct Permit: Sendable, Equatable {
        fileprivate let period: UInt64
    }

    enum Answer: Sendable, Equatable {
        case permitted(Permit)
        /// Try again after this long.
        case refused(Duration)
    }

    /// How long to wait while another login tries, since its duration is unknown.
    private static let trialPause: Duration = .seconds(1)

    private var limit: CircuitBreakerLimit
    private(set) var state = State.closed(failures: 0)
    private var period: UInt64 = 0

    init(_ limit: CircuitBreakerLimit) {
        self.limit = limit
    }

    /// Adopts another limit. State and permits stay, since the upstream is the same; no wait exceeds what the new limit
    /// allows.
    mutating func adopt(_ limit: CircuitBreakerLimit, at now: Duration) {
        self.limit = limit
        if case .open(let end) = state { state = .open(until: min(end, now + limit.openFor)) }
    }

    /// How long a login would have to wait; nil if it would pass.
    func wait(at now: Duration) -> Duration? {
        switch state {
        case .closed, .halfOpen(isTrying: false): nil
        case .open(let end): end > now ? end - now : nil
        case .halfOpen(isTrying: true): Self.trialPause
        }
    }

    /// Asks for permission; ``settle(_:as:at:)`` must follow.
    ///
    /// - Parameter mayTry: Whether this is a login, which may probe the upstream. Otherwise only the verdict
    ///   ``Verdict/failing`` may follow.
    mutating func enter(mayTry: Bool = true, at now: Duration) -> Answer {
        if let wait = wait(at: now) { return .refused(wait) }
        switch state {
        case .open where mayTry, .halfOpen where mayTry: move(to: .halfOpen(isTrying: true))
        case .closed, .open, .halfOpen: break
        }
        return .permitted(Permit(period: period))
    }

    /// Records a login's verdict.
    ///
    /// - Returns: The resulting state change, if any.
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

extension CircuitBreaker.Verdict {
    /// What an outcome shows about the upstream. A refused credential shows that it works.
    ///
    /// - Parameter hadTime: Whether the upstream had most of the time that it is allowed.
    init<Value>(of outcome: Result<Value, BrokerError>, hadTime: Bool) {
        guard case .failure(let error) = outcome else {
            self = .healthy
            return
        }
        // Otherwise the memory of one failure would open the circuit breaker.
        guard !error.isRemembered else {
            self = .undecided
            return
        }
        switch error.kind {
        case .upstreamUnavailable, .upstreamMisbehaved: self = .failing
        // After a long wait for its turn, the login did not give the upstream the time it is allowed.
        case .timedOut: self = hadTime ? .failing : .undecided
        case .invalidCredential, .credentialAlreadyUsed, .credentialExpired, .cancelledByUser, .accessDenied,
            .interactionRequired:
            self = .healthy
        default: self = .undecided
        }
    }
}
