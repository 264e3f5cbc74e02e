import Logging
import Metrics

/// The values that one instance's logins share: connects ``SharedValueTable``, which decides, and
/// ``SharedValueFetcher``, which fetches, to clock and tasks.
///
/// It belongs to the instance as served by the broker. A successor starts empty.
final class SharedValues: Sendable {
    typealias Fetch = UInt64
    private typealias Table = SharedValueTable<SharedValueKey, any Sendable>
    private typealias Outcome = Result<Table.Served, BrokerError>

    /// Who waits for a fetch.
    private struct Waiter: Sendable {
        let finish: Finish<Outcome>
        let isForced: Bool
    }

    /// A fetch under way.
    private struct Flight: Sendable {
        let key: SharedValueKey
        var task: Task<Void, Never>?
        var waiters: [UInt64: Waiter] = [:]
    }

    private struct State: Sendable {
        var table: Table
        var flights: [Table.Fetch: Flight] = [:]
        var lastWaiter: UInt64 = 0
        /// Whether fetching has ended for good.
        var isOver = false
        /// Whether another instance has replaced this one: only the logins under way still need its values.
        var isReplaced = false
        var troubles: [SharedValueKey: LastingTrouble<BrokerError.Kind>] = [:]

        /// Drops the fetches that no login waits for.
        ///
        /// - Returns: Their tasks, to be cancelled.
        mutating func dropUnneeded() -> [Task<Void, Never>] {
            flights.filter(\.value.waiters.isEmpty).compactMap { fetch, flight in
                flights[fetch] = nil
                table.abandon(fetch, of: flight.key)
                return flight.task
            }
        }
    }

    /// The maximum number of values kept or under way. Those kept may total that many bytes, or one answer of the largest
    /// size; those under way, as many answers of the largest size as there are, since none is refused for its size before
    /// it has arrived.
    private static let maximumCount = 64
    private static let maximumBytes = 4 * 1024 * 1024

    private let fetcher: SharedValueFetcher
    private let clock: BrokerClock
    private let state: Locked<State>

    init(of instance: ProviderInstance, over transport: any UpstreamTransport, clock: BrokerClock, logger: Logger) {
        fetcher = SharedValueFetcher(for: instance, over: transport, clock: clock, logger: logger)
        self.clock = clock
        let maximumBytes = max(Self.maximumBytes, instance.limits.responseSize)
        state = Locked(State(table: Table(maximumCount: Self.maximumCount, maximumBytes: maximumBytes)))
    }

    /// The value: the kept one, or the result of a fetch. The caller's cancellation and deadline end its wait, but not
    /// the fetch.
    ///
    /// - Parameter isForced: Whether the kept value proved to be out of date.
    func value<Value>(
        _ shared: SharedValue<Value>,
        isForced: Bool,
        until deadline: Deadline
    ) async throws(BrokerError) -> Value {
        try await fetched(shared, isForced ? .refetched : .any, until: deadline).value
    }

    /// The value and the fetch that brought it, which identifies it to ``value(_:otherThan:until:)`` and
    /// ``refuse(_:from:for:)``.
    func fetched<Value>(
        _ shared: SharedValue<Value>,
        until deadline: Deadline
    ) async throws(BrokerError) -> (value: Value, fetch: Fetch) {
        try await fetched(shared, .any, until: deadline)
    }

    /// A value from another fetch, to replace one that the upstream refuses.
    func value<Value>(
        _ shared: SharedValue<Value>,
        otherThan refused: Fetch,
        until deadline: Deadline
    ) async throws(BrokerError) -> (value: Value, fetch: Fetch) {
        try await fetched(shared, .other(than: refused), until: deadline)
    }

    /// Records that the upstream refuses a value that was fetched to replace another; see
    /// ``SharedValueTable/refuse(_:of:for:at:)``.
    func refuse<Value>(_ shared: SharedValue<Value>, from fetch: Fetch, for reason: BrokerError) {
        let now = clock.uptime()
        state.withLock { $0.table.refuse(fetch, of: SharedValueKey(shared), for: reason, at: now) }
    }

    private func fetched<Value>(
        _ shared: SharedValue<Value>,
        _ demand: Table.Demand,
        until deadline: Deadline
    ) async throws(BrokerError) -> (value: Value, fetch: Fetch) {
        guard !Task.isCancelled else { throw .waitCancelled }
        guard !deadline.isOver else { throw .timedOut }
        let (now, finish, key) = (clock.uptime(), Finish<Outcome>(), SharedValueKey(shared))
        let (answer, number) = state.withLock { state in
            let answer = state.table.ask(for: key, demand, within: shared.bounds, at: now)
            guard case .fetch(let fetch, _, _) = answer else { return (answer, UInt64(0)) }
            state.lastWaiter += 1
            state.flights[fetch, default: Flight(key: key)].waiters[state.lastWaiter] = Waiter(
                finish: finish, isForced: demand != .any)
            return (answer, state.lastWaiter)
        }
        let outcome: Outcome
        switch answer {
        case .value(let served): outcome = .success(served)
        case .failure(let error): outcome = .failure(error.remembered())
        case .full:
            outcome = .failure(
                BrokerError(.unavailable, "Too much is being fetched from the upstream at once. Try again later."))
        case .fetch(let fetch, let isNew, let fallback):
            if isNew { begin(fetch, of: shared) }
            let wait = fallback.map { (time: max(.zero, $0.moment - now), served: $0.served) }
            outcome = await self.wait(for: finish, noLongerThan: wait, until: deadline)
            let unneeded = state.withLock { state in
                state.flights[fetch]?.waiters[number] = nil
                return state.isReplaced ? state.dropUnneeded() : []
            }
            for task in unneeded { task.cancel() }
        }
        let served = try outcome.get()
        guard let value = served.value as? Value else {
            throw BrokerError(.internalError, "A value that logins share is of another type. This is a defect.")
        }
        return (value, served.fetch)
    }

    /// Ends the fetches under way as soon as no login waits for them, since the instance was replaced or removed.
    func retire() {
        let unneeded = state.withLock { state in
            state.isReplaced = true
            return state.dropUnneeded()
        }
        for task in unneeded { task.cancel() }
    }

    /// Ends the fetches under way, and starts no more.
    func finish() async {
        let tasks = state.withLock { state in
            state.isOver = true
            return state.flights.values.compactMap(\.task)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func wait(
        for finish: Finish<Outcome>,
        noLongerThan fallback: (time: Duration, served: Table.Served)?,
        until deadline: Deadline
    ) async -> Outcome {
        let alarms = [
            deadline.alarm { finish.cross(with: .failure(.timedOut)) },
            fallback.map { fallback in
                clock.alarm(fallback.time) { finish.cross(with: .success(fallback.served)) }
            },
        ]
        defer { for alarm in alarms { alarm?.switchOff() } }
        return await withTaskCancellationHandler {
            await finish.winner()
        } onCancel: {
            finish.cross(with: .failure(.waitCancelled))
        }
    }

    /// Begins a fetch in its own task: it belongs to no login, and continues when the login that started it has left.
    private func begin<Value>(_ fetch: UInt64, of shared: SharedValue<Value>) {
        let metrics = MetricsSystem.factory
        let hasBegun = state.withLock { state in
            guard !state.isOver else { return false }
            // Under the lock, so that what ends all tasks knows this one.
            state.flights[fetch]?.task = Task.detached { [self] in
                let result = await fetcher.fetch(shared)
                end(fetch, of: SharedValueKey(shared), with: result, countingIn: metrics)
            }
            return true
        }
        if !hasBegun { end(fetch, of: SharedValueKey(shared), with: .failure(.waitCancelled)) }
    }

    private func end(
        _ fetch: UInt64,
        of key: SharedValueKey,
        with result: Result<Table.Arrival, BrokerError>,
        countingIn metrics: (any MetricsFactory)? = nil
    ) {
        let now = clock.uptime()
        let (waiters, old, news, isInterrupted) = state.withLock { state in
            let old = state.table.finish(fetch, of: key, with: result, at: now)
            let flight = state.flights.removeValue(forKey: fetch)
            let waiters = flight?.waiters.values.map { $0 } ?? []
            // An interrupted fetch shows nothing about the upstream.
            guard !state.isOver, flight != nil else {
                return (waiters, old, LastingTrouble<BrokerError.Kind>.News?.none, true)
            }
            state.troubles = state.troubles.filter { state.table.contains($0.key) }
            var trouble: BrokerError.Kind?
            if case .failure(let error) = result { trouble = error.kind }
            let news = state.troubles[key, default: LastingTrouble()].observe(trouble, at: now)
            return (waiters, old, news, false)
        }
        if !isInterrupted, let metrics { fetcher.count(result, in: metrics) }
        if let news { fetcher.report(news, of: key, with: result, isServed: old != nil) }
        let outcome = result.map { Table.Served(value: $0.value, fetch: fetch) }
        for waiter in waiters {
            if !waiter.isForced, case .failure = result, let old {
                waiter.finish.cross(with: .success(old))
            } else {
                waiter.finish.cross(with: outcome)
            }
        }
    }
}

extension SharedValues: CustomReflectable {
    /// A mirror without children: the values may include an app's token.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension BrokerError {
    fileprivate static var waitCancelled: BrokerError { BrokerError(.cancelled, "The login was cancelled.") }
}
