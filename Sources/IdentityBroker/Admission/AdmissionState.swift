/// The admission state of one instance.
struct AdmissionState: Sendable {
    typealias Number = AdmissionQueue.Number

    /// A waiting login.
    private enum Waiter: Sendable {
        /// Its task is about to sleep.
        case arriving
        case asleep(CheckedContinuation<Void, Never>)
    }

    /// What is admitted.
    enum Entrant: Sendable {
        /// The exchange of a credential.
        case login
        /// What a login needs from the upstream before it begins.
        case preparation
    }

    /// What operators see of it.
    struct Summary: Sendable, Equatable {
        let underWay: Int
        let waiting: Int
        let breaker: CircuitBreaker.State?
    }

    private var queue: AdmissionQueue
    private var breaker: CircuitBreaker?
    private var rate: TokenBucket?
    private var callers: CallerBuckets?
    private var limits: ProviderLimits
    private var lastNumber: Number = 0
    private var waiters: [Number: Waiter] = [:]

    init(_ limits: ProviderLimits, at now: Duration) {
        self.limits = limits
        queue = AdmissionQueue(room: limits.concurrency, waitingRoom: limits.queue)
        rate = limits.rate.map { TokenBucket($0, at: now) }
        callers = limits.callerRate.map { CallerBuckets($0, at: now) }
        breaker = limits.breaker.map { CircuitBreaker($0) }
    }

    var summary: Summary {
        Summary(underWay: queue.admittedCount, waiting: queue.waitingCount, breaker: breaker?.state)
    }

    /// Enters a login.
    ///
    /// - Returns: Its number if it must wait, nil if it is admitted at once.
    mutating func enter(
        from caller: CallerKey?,
        as entrant: Entrant = .login,
        at now: Duration
    ) throws(BrokerError) -> Number? {
        if let wait = breaker?.wait(at: now) { throw .breakerOpen(wait) }
        if let caller, let wait = callers?.wait(of: caller, at: now) { throw .callerRateLimited(wait) }
        if entrant == .login, let wait = rate?.wait(at: now) { throw .providerRateLimited(wait) }
        lastNumber += 1
        let answer = queue.enter(lastNumber)
        guard answer != .refused else { throw .noRoom }
        // Only a login that was admitted or queued has begun.
        if let caller { callers?.take(of: caller, at: now) }
        if entrant == .login { rate?.take(at: now) }
        guard answer == .waiting else { return nil }
        waiters[lastNumber] = .arriving
        return lastNumber
    }

    /// Records that a waiting login sleeps.
    ///
    /// - Returns: False if it need not, because it was already admitted.
    mutating func sleep(_ number: Number, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard waiters[number] != nil else { return false }
        waiters[number] = .asleep(continuation)
        return true
    }

    /// Wakes a login without admitting it.
    mutating func wake(_ number: Number) -> CheckedContinuation<Void, Never>? {
        guard case .asleep(let continuation) = waiters[number] else { return nil }
        waiters[number] = .arriving
        return continuation
    }

    /// Removes a waiting login.
    ///
    /// - Returns: False if it was admitted in the meantime, and must leave.
    mutating func abandon(_ number: Number) -> Bool {
        waiters[number] = nil
        return queue.abandon(number)
    }

    /// Ends an admitted login.
    ///
    /// - Returns: The continuation of the login admitted next, if that one sleeps.
    mutating func leave() -> CheckedContinuation<Void, Never>? {
        queue.leave().flatMap { call($0) }
    }

    /// Asks the breaker for permission to contact the upstream; nil if there is no breaker.
    mutating func askBreaker(as entrant: Entrant = .login, at now: Duration) -> CircuitBreaker.Answer? {
        breaker?.enter(mayTry: entrant == .login, at: now)
    }

    /// Reports to the breaker what a login shows about the upstream.
    mutating func settle(
        _ permit: CircuitBreaker.Permit, as verdict: CircuitBreaker.Verdict, at now: Duration
    ) -> CircuitBreaker.Change? {
        breaker?.settle(permit, as: verdict, at: now)
    }

    /// Adopts new limits.
    ///
    /// - Returns: The continuations of sleeping logins that are now admitted.
    mutating func adopt(_ limits: ProviderLimits, at now: Duration) -> [CheckedContinuation<Void, Never>] {
        if limits.rate != self.limits.rate { rate = limits.rate.map { TokenBucket($0, at: now) } }
        if limits.callerRate != self.limits.callerRate {
            callers = limits.callerRate.map { CallerBuckets($0, at: now) }
        }
        if let limit = limits.breaker {
            if breaker == nil { breaker = CircuitBreaker(limit) }
            breaker?.adopt(limit, at: now)
        } else {
            breaker = nil
        }
        self.limits = limits
        return queue.resize(room: limits.concurrency, waitingRoom: limits.queue).compactMap { call($0) }
    }

    private mutating func call(_ number: Number) -> CheckedContinuation<Void, Never>? {
        guard case .asleep(let continuation) = waiters.removeValue(forKey: number) else { return nil }
        return continuation
    }
}

extension BrokerError {
    static var noRoom: BrokerError {
        BrokerError(
            .unavailable,
            "Too many logins are under way at this provider. Try again in a moment.",
            retryAfter: .seconds(1)
        )
    }

    static var noRoomInTime: BrokerError {
        BrokerError(.timedOut, "The login waited for room at this provider until its time was over.")
    }

    static var cancelled: BrokerError {
        BrokerError(.cancelled, "The login was cancelled.")
    }

    static var requesterGone: BrokerError {
        BrokerError(.cancelled, "The caller is gone, so the login was not begun.")
    }

    static func breakerOpen(_ wait: Duration) -> BrokerError {
        BrokerError(
            .upstreamUnavailable,
            "The upstream has failed too often in a row, so it is left alone for a while. Try again later.",
            retryAfter: wait
        )
    }

    static func callerRateLimited(_ wait: Duration) -> BrokerError {
        BrokerError(.rateLimited, "This caller begins too many logins. Try again later.", retryAfter: wait)
    }

    static func providerRateLimited(_ wait: Duration) -> BrokerError {
        BrokerError(.rateLimited, "Too many logins begin at this provider. Try again later.", retryAfter: wait)
    }
}
