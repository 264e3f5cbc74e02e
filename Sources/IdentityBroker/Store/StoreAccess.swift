package import Logging

/// The way to the store for all who use it: a call ends by its deadline, and is measured.
///
/// What has begun goes on to its end even if the caller gives up or is cancelled: a reservation, a verdict must not be left
/// half done. What has not begun by the deadline is dropped.
package struct StoreAccess: Sendable {
    /// What is asked of a store, as metrics name it.
    package enum Operation: String, Sendable, CaseIterable {
        case reserve, append, conclude, purge, account, grant, prepare, probe
        case signIn = "sign_in"
        case replaceGrant = "replace_grant"
        case keyRing = "key_ring"
        case replaceKeyRing = "replace_key_ring"
    }

    /// How long a call may take where no request has a deadline of its own.
    package static let timeout = Duration.seconds(5)
    /// How long a verdict may take to be written, however late the request is.
    package static let grace = Duration.milliseconds(500)

    /// By when the running request has to be answered.
    @TaskLocal private static var requestDeadline: Deadline?
    /// Who made the request that this task handles, and is told when it waits for a silent store.
    @TaskLocal package static var requester: (any LoginRequester)?

    private let clock: BrokerClock
    private let logger: Logger
    private let metrics = StoreMetrics()
    private let pulse: Locked<StorePulse>
    /// Of what is asked again and again, a failure that lasts is logged once an hour.
    private let lasting = Locked<[Operation: LastingTrouble<StoreFailure>]>([:])

    private static let repeated: Set<Operation> = [.keyRing, .probe]

    /// - Parameter logger: Hears of failures in the store's own words.
    package init(clock: BrokerClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
        pulse = Locked(StorePulse(at: clock.uptime()))
    }

    /// Handles a request, whose calls to the store have to be over in time, all together.
    package func handlingRequest<Value, Failure: Error>(
        within timeout: Duration = timeout,
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let deadline = Deadline(in: timeout, by: clock)
        let result: Result<Value, Failure> = await Self.$requestDeadline.withValue(deadline) {
            do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Calls the store.
    ///
    /// - Parameters:
    ///   - deadline: By when the caller has to know; by default the request's.
    ///   - isVerdict: Whether this is the last that is written of a request: it gets some time even if none is left.
    ///   - isCancellable: Whether the store hears of it when the calling task is cancelled.
    /// - Throws: ``StoreFailure``; after the deadline of reason ``StoreFailure/Reason-swift.struct/late``.
    package func call<Value: Sendable>(
        _ operation: Operation,
        until deadline: Deadline? = nil,
        isVerdict: Bool = false,
        isCancellable: Bool = false,
        _ body: @escaping @Sendable () async throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        let given = deadline ?? Self.requestDeadline ?? Deadline(in: Self.timeout, by: clock)
        let deadline = isVerdict ? given.atLeast(Self.grace) : given
        let began = clock.uptime()
        let result = await run(body, until: deadline, isCancellable: isCancellable)
        let now = clock.uptime()
        metrics.record(operation, result, took: now - began)
        if case .success = result { pulse.withLock { $0.succeed(at: now) } }
        report(result, of: operation, at: now)
        return try result.get()
    }

    /// Waits for a task that asks the store on behalf of this one and of others.
    package func wait<Value>(for task: Task<Value, Never>) async -> Value {
        let wait = StoreWait(for: Self.requester, until: nil, pulse: pulse, by: clock)
        wait.begin()
        defer { wait.end() }
        return await task.value
    }

    private func report<Value>(_ result: Result<Value, StoreFailure>, of operation: Operation, at now: Duration) {
        var failure: StoreFailure?
        if case .failure(let error) = result { failure = error }
        guard Self.repeated.contains(operation) else {
            if let failure { log(failure, of: operation) }
            return
        }
        guard let news = lasting.withLock({ $0[operation, default: LastingTrouble()].observe(failure, at: now) }) else {
            return
        }
        log(failure, of: operation, lasting: news.seconds)
    }

    /// - Parameter failure: What is wrong; nil where it is over.
    private func log(_ failure: StoreFailure?, of operation: Operation, lasting seconds: Int64? = nil) {
        var metadata: Logger.Metadata = ["broker.store.operation": "\(operation.rawValue)"]
        if let seconds { metadata["broker.lasting_seconds"] = "\(seconds)" }
        guard let failure else { return logger.notice("the store works again", metadata: metadata) }
        metadata["broker.store.reason"] = "\(failure.reason)"
        metadata["broker.store.message"] = "\(failure.message)"
        logger.error("store failed", metadata: metadata)
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(StoreFailure) -> Value,
        until deadline: Deadline,
        isCancellable: Bool
    ) async -> Result<Value, StoreFailure> {
        // What is late before it begins is not begun.
        guard !deadline.isOver else { return .failure(.late(mayHaveHappened: false)) }
        let (call, finish) = (StoreCall(), Finish<Result<Value, StoreFailure>>())
        let work: @Sendable () async -> Void = {
            do throws(StoreFailure) {
                finish.cross(with: .success(try await body()))
            } catch {
                finish.cross(with: .failure(error))
            }
        }
        let task = StoreCall.$current.withValue(call) {
            // Begun on the caller's thread: what ends without waiting, as in memory, changes no thread and sets no alarm.
            if #available(macOS 26, iOS 26, *) { Task.immediate { await work() } } else { Task { await work() } }
        }
        if let result = finish.takeWinner() { return result }
        let wait = StoreWait(for: Self.requester, until: deadline, pulse: pulse, by: clock) {
            finish.cross(with: .failure(.late(mayHaveHappened: call.giveUp())))
        }
        wait.begin()
        defer { wait.end() }
        guard isCancellable else { return await finish.winner() }
        return await withTaskCancellationHandler {
            await finish.winner()
        } onCancel: {
            task.cancel()
        }
    }
}

extension StoreFailure {
    fileprivate static func late(mayHaveHappened: Bool) -> StoreFailure {
        StoreFailure("The store did not answer in time.", mayHaveHappened: mayHaveHappened, reason: .late)
    }
}
