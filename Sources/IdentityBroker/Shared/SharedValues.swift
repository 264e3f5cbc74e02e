import Logging

/// The values that the logins of one instance share: where ``SharedValueTable`` meets clock, tasks and transport.
///
/// It belongs to the instance as the broker serves it. A successor begins with nothing.
final class SharedValues: Sendable {
    private typealias Table = SharedValueTable<SharedValueKey, any Sendable>
    private typealias Outcome = Result<any Sendable, BrokerError>

    /// What waits for a fetch.
    private struct Waiter: Sendable {
        let finish: Finish<Outcome>
        let isForced: Bool
    }

    /// A fetch under way.
    private struct Flight: Sendable {
        var task: Task<Void, Never>?
        var waiters: [UInt64: Waiter] = [:]
    }

    private struct State: Sendable {
        var table: Table
        var flights: [Table.Fetch: Flight] = [:]
        var lastWaiter: UInt64 = 0
        var troubles: [SharedValueKey: LastingTrouble<BrokerError.Kind>] = [:]
    }

    /// As many values as this are kept, and as many bytes of answers, or one answer of the largest size.
    private static let maximumCount = 64
    private static let maximumBytes = 4 * 1024 * 1024

    private let id: ProviderID
    private let ledger: SecretLedger
    private let policy: TransportPolicy
    private let timeout: Duration
    private let transport: any UpstreamTransport
    private let clock: BrokerClock
    private let logger: Logger
    private let state: Locked<State>

    init(of instance: ProviderInstance, over transport: any UpstreamTransport, clock: BrokerClock, logger: Logger) {
        id = instance.id
        ledger = instance.ledger
        policy = instance.transportPolicy
        timeout = instance.limits.timeout
        self.transport = transport
        self.clock = clock
        self.logger = logger
        let maximumBytes = max(Self.maximumBytes, instance.limits.responseSize)
        state = Locked(State(table: Table(maximumCount: Self.maximumCount, maximumBytes: maximumBytes)))
    }

    /// The value: the one that is kept, or what a fetch brings. The caller's cancellation and deadline end its wait and not
    /// the fetch.
    ///
    /// - Parameter isForced: Whether the value that is kept has proved to be out of date.
    func value<Value>(
        _ shared: SharedValue<Value>,
        isForced: Bool,
        until deadline: Deadline
    ) async throws(BrokerError) -> Value {
        guard !Task.isCancelled else { throw .waitCancelled }
        guard !deadline.isOver else { throw .timedOut }
        let (now, finish, key) = (clock.uptime(), Finish<Outcome>(), SharedValueKey(shared))
        let (answer, number) = state.withLock { state in
            let answer = state.table.ask(for: key, within: shared.bounds, isForced: isForced, at: now)
            guard case .fetch(let fetch, _, _) = answer else { return (answer, UInt64(0)) }
            state.lastWaiter += 1
            state.flights[fetch, default: Flight()].waiters[state.lastWaiter] = Waiter(
                finish: finish, isForced: isForced)
            return (answer, state.lastWaiter)
        }
        let outcome: Outcome
        switch answer {
        case .value(let value): outcome = .success(value)
        case .failure(let error): outcome = .failure(error)
        case .full:
            outcome = .failure(
                BrokerError(.unavailable, "Too much is being fetched from the upstream at once. Try again later."))
        case .fetch(let fetch, let isNew, let fallback):
            if isNew { begin(fetch, of: shared) }
            let wait = fallback.map { (time: max(.zero, $0.moment - now), value: $0.value) }
            outcome = await self.wait(for: finish, noLongerThan: wait, until: deadline)
            state.withLock { _ = $0.flights[fetch]?.waiters.removeValue(forKey: number) }
        }
        guard let value = try outcome.get() as? Value else {
            throw BrokerError(.internalError, "A value that logins share is of another type. This is a defect.")
        }
        return value
    }

    /// Ends what is being fetched.
    func finish() async {
        let tasks = state.withLock { $0.flights.values.compactMap(\.task) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func wait(
        for finish: Finish<Outcome>,
        noLongerThan fallback: (time: Duration, value: any Sendable)?,
        until deadline: Deadline
    ) async -> Outcome {
        let alarms = [
            deadline.alarm { finish.cross(with: .failure(.timedOut)) },
            fallback.map { fallback in
                clock.alarm(fallback.time) { finish.cross(with: .success(fallback.value)) }
            },
        ]
        defer { for alarm in alarms { alarm?.switchOff() } }
        return await withTaskCancellationHandler {
            await finish.winner()
        } onCancel: {
            finish.cross(with: .failure(.waitCancelled))
        }
    }

    /// Begins a fetch in a task of its own: it is no login's, and goes on when the one that asked first has left.
    private func begin<Value>(_ fetch: UInt64, of shared: SharedValue<Value>) {
        let task = Task.detached { [self] in
            let result: Result<Table.Arrival, BrokerError>
            do throws(BrokerError) {
                result = .success(try await self.fetch(shared))
            } catch {
                result = .failure(error.kind == .timedOut ? .upstreamTooSlow : error)
            }
            end(fetch, of: SharedValueKey(shared), with: result)
        }
        // It may be over by now, and its flight with it.
        state.withLock { $0.flights[fetch]?.task = task }
    }

    private func fetch<Value>(_ shared: SharedValue<Value>) async throws(BrokerError) -> Table.Arrival {
        let response = try await send(shared.request)
        let value: Value
        do {
            value = try shared.read(response)
        } catch let error as BrokerError {
            throw error
        } catch {
            logger.error(
                "provider failed with an error of its own",
                metadata: ["broker.provider": "\(id)", "broker.error.type": "\(type(of: error))"])
            throw BrokerError(.internalError, "The provider could not read what its logins share.")
        }
        ledger.add(passing: shared.secrets(in: value))
        return Table.Arrival(
            value: value, bytes: response.body.count, lifetime: shared.lifetime(of: value, in: response))
    }

    /// Sends the request, and once more if the first attempt brought no answer: it is about no login.
    private func send(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        try policy.check(request)
        let response: UpstreamResponse
        do throws(TransportFailure) {
            response = try await sendUpToTwice(request, until: Deadline(in: timeout, by: clock))
        } catch {
            throw error.brokerError
        }
        return try response.unlessRedirected()
    }

    private func sendUpToTwice(
        _ request: UpstreamRequest,
        until deadline: Deadline
    ) async throws(TransportFailure) -> UpstreamResponse {
        do throws(TransportFailure) {
            return try await transport.send(request, under: policy, within: timeout)
        } catch {
            guard error.mayPass, !Task.isCancelled, !deadline.isOver else { throw error }
        }
        return try await transport.send(request, under: policy, within: deadline.remaining)
    }

    private func end(_ fetch: UInt64, of key: SharedValueKey, with result: Result<Table.Arrival, BrokerError>) {
        let now = clock.uptime()
        let (waiters, old, news) = state.withLock { state in
            let old = state.table.finish(fetch, of: key, with: result, at: now)
            let waiters = state.flights.removeValue(forKey: fetch)?.waiters.values.map { $0 } ?? []
            state.troubles = state.troubles.filter { state.table.contains($0.key) }
            var trouble: BrokerError.Kind?
            if case .failure(let error) = result { trouble = error.kind }
            let news = state.troubles[key, default: LastingTrouble()].observe(trouble, at: now)
            return (waiters, old, news)
        }
        if let news { report(news, of: key, with: result, isServed: old != nil) }
        let outcome = result.map(\.value)
        for waiter in waiters {
            if !waiter.isForced, case .failure = result, let old {
                waiter.finish.cross(with: .success(old))
            } else {
                waiter.finish.cross(with: outcome)
            }
        }
    }

    private func report(
        _ news: LastingTrouble<BrokerError.Kind>.News,
        of key: SharedValueKey,
        with result: Result<Table.Arrival, BrokerError>,
        isServed: Bool
    ) {
        let redactor = ledger.redactor()
        var metadata: Logger.Metadata = [
            "broker.provider": "\(id)", "broker.shared_value": "\(redactor.redact(key.name))",
        ]
        guard case .failure(let error) = result else {
            logger.notice("what logins share is fetched again", metadata: metadata)
            return
        }
        metadata["broker.reason"] = "\(redactor.redact(error.message))"
        metadata["broker.seconds"] = news.seconds.map { "\($0)" }
        logger.warning(
            isServed
                ? "what logins share cannot be fetched; the old one serves for now"
                : "what logins share cannot be fetched, so logins fail",
            metadata: metadata)
    }
}

extension SharedValues: CustomReflectable {
    /// A mirror without children: an app's token may be among the values.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What makes two shared values the same.
private struct SharedValueKey: Sendable, Hashable {
    let name: String
    private let request: UpstreamRequest
    private let type: ObjectIdentifier

    init<Value>(_ shared: SharedValue<Value>) {
        name = shared.name
        request = shared.request
        type = ObjectIdentifier(Value.self)
    }
}

extension TransportFailure {
    /// Whether the same request may fare better at once: the connection was at fault, and nothing else is known to be.
    fileprivate var mayPass: Bool {
        switch reason {
        case .connectionLost, .connectionFailed: true
        default: false
        }
    }
}

extension BrokerError {
    fileprivate static var waitCancelled: BrokerError { BrokerError(.cancelled, "The login was cancelled.") }
    fileprivate static var upstreamTooSlow: BrokerError {
        BrokerError(.upstreamUnavailable, "The upstream did not answer in time.")
    }
}
