/// All that one instance's door keeps in mind.
struct AdmissionState: Sendable {
    typealias Number = AdmissionQueue.Number

    /// A login that waits.
    private enum Waiter: Sendable {
        /// Its task is on its way to sleep.
        case arriving
        case asleep(CheckedContinuation<Void, Never>)
    }

    /// What an operator wants to see of it.
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

    /// A login comes.
    ///
    /// - Returns: Its number if it has to wait, nil if it is let in at once.
    mutating func enter(from caller: CallerKey?, at now: Duration) throws(BrokerError) -> Number? {
        if let wait = breaker?.wait(at: now) { throw .breakerOpen(wait) }
        if let caller, let wait = callers?.wait(of: caller, at: now) { throw .callerRateLimited(wait) }
        if let wait = rate?.wait(at: now) { throw .providerRateLimited(wait) }
        lastNumber += 1
        let answer = queue.enter(lastNumber)
        guard answer != .refused else { throw .noRoom }
        // Only who gets in, or in line, has begun.
        if let caller { callers?.take(of: caller, at: now) }
        rate?.take(at: now)
        guard answer == .waiting else { return nil }
        waiters[lastNumber] = .arriving
        return lastNumber
    }

    /// A login that waits has gone to sleep.
    ///
    /// - Returns: False if it need not: it was called in.
    mutating func sleep(_ number: Number, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard waiters[number] != nil else { return false }
        waiters[number] = .asleep(continuation)
        return true
    }

    /// Wakes a login without calling it in.
    mutating func wake(_ number: Number) -> CheckedContinuation<Void, Never>? {
        guard case .asleep(let continuation) = waiters[number] else { return nil }
        waiters[number] = .arriving
        return continuation
    }

    /// A login that waited gives up.
    ///
    /// - Returns: False if it was called in meanwhile, and has to leave.
    mutating func abandon(_ number: Number) -> Bool {
        waiters[number] = nil
        return queue.abandon(number)
    }

    /// A login that was let in is over.
    ///
    /// - Returns: The one that is called in, if that sleeps.
    mutating func leave() -> CheckedContinuation<Void, Never>? {
        queue.leave().flatMap { call($0) }
    }

    /// Asks the breaker for leave to ask the upstream; nil where there is no breaker.
    mutating func askBreaker(at now: Duration) -> CircuitBreaker.Answer? {
        breaker?.enter(at: now)
    }

    /// Tells the breaker what a login says of the upstream.
    mutating func settle(
        _ permit: CircuitBreaker.Permit, as verdict: CircuitBreaker.Verdict, at now: Duration
    ) -> CircuitBreaker.Change? {
        breaker?.settle(permit, as: verdict, at: now)
    }

    /// Other limits hold from now on.
    ///
    /// - Returns: Those who sleep and are called in.
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
