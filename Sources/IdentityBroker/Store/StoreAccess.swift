package import Logging

/// Mediates all access to the store: a call ends by its deadline, and is measured.
///
/// A call that has begun completes even if the caller gives up or is cancelled: a reservation or an outcome must not be
/// left half done. A call that has not begun by the deadline is dropped.
package struct StoreAccess: Sendable {
    /// The operations of a store, as metrics name them.
    package enum Operation: String, Sendable, CaseIterable {
        case reserve, append, conclude, purge, account, prepare, probe, commit, record, records
        case signIn = "sign_in"
        case keyRing = "key_ring"
        case replaceKeyRing = "replace_key_ring"

        /// Whether it is repeated whatever callers do.
        var isRepeated: Bool {
            switch self {
            case .keyRing, .probe: true
            default: false
            }
        }
    }

    /// How long a call may take outside a request with a deadline.
    package static let timeout = Duration.seconds(5)
    /// How long writing an outcome may take, however late the request is.
    package static let grace = Duration.milliseconds(500)

    /// The time by which the current request must be answered.
    @TaskLocal private static var requestDeadline: Deadline?
    /// Who made the request that this task handles; it is notified when the request waits for an unresponsive store.
    @TaskLocal package static var requester: (any LoginRequester)?

    private let clock: BrokerClock
    private let logger: Logger
    private let metrics = StoreMetrics()
    private let pulse: Locked<StorePulse>
    /// For repeated operations, a lasting failure is logged once an hour.
    private let lasting = Locked<[Operation: LastingTrouble<StoreFailure>]>([:])

    /// For the others, which any request can cause, the same failure is logged once a minute, and different ones once a
    /// second.
    private let noticed = Locked<[Operation: Notice]>([:])

    private struct Notice: Sendable {
        let failure: StoreFailure
        let time: Duration
        var unlogged = 0
    }

    /// - Parameter logger: Receives failures in the store's own words.
    package init(clock: BrokerClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
        pulse = Locked(StorePulse(at: clock.uptime()))
    }

    /// Handles a request, whose store calls must together end in time.
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
    ///   - deadline: The time by which the caller needs the result; by default the request's.
    ///   - isVerdict: Whether this is the final write of a request, which gets some time even if none is left.
    ///   - isCancellable: Whether the store learns of it when the calling task is cancelled.
    /// - Throws: ``StoreFailure``; after the deadline, with reason ``StoreFailure/Reason-swift.struct/late``.
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

    /// Waits for a task that calls the store on behalf of this one and others.
    package func wait<Value>(for task: Task<Value, Never>) async -> Value {
        let wait = StoreWait(for: Self.requester, until: nil, pulse: pulse, by: clock)
        wait.begin()
        defer { wait.end() }
        return await task.value
    }

    private func report<Value>(_ result: Result<Value, StoreFailure>, of operation: Operation, at now: Duration) {
        var failure: StoreFailure?
        if case .failure(let error) = result { failure = error }
        guard operation.isRepeated else {
            guard let failure, let count = notice(failure, of: operation, at: now) else { return }
            return log(failure, of: operation, count: count)
        }
        guard let news = lasting.withLock({ $0[operation, default: LastingTrouble()].observe(failure, at: now) }) else {
            return
        }
        log(failure, of: operation, lasting: news.seconds)
    }

    /// - Returns: The number of failures that a log line now represents; nil to log nothing.
    private func notice(_ failure: StoreFailure, of operation: Operation, at now: Duration) -> Int? {
        noticed.withLock { noticed in
            let last = noticed[operation]
            if let last, now - last.time < (last.failure == failure ? .seconds(60) : .seconds(1)) {
                noticed[operation]?.unlogged += 1
                return nil
            }
            noticed[operation] = Notice(failure: failure, time: now)
            return 1 + (last?.unlogged ?? 0)
        }
    }

    /// - Parameters:
    ///   - failure: The failure; nil if it is over.
    ///   - count: The number of failures that the line represents.
    private func log(
        _ failure: StoreFailure?,
        of operation: Operation,
        lasting seconds: Int64? = nil,
        count: Int = 1
    ) {
        var metadata: Logger.Metadata = ["broker.store.operation": "\(operation.rawValue)"]
        if count > 1 { metadata["broker.store.failures"] = "\(count)" }
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
        // Too late to begin.
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
            // Begun on the caller's thread: a call that never waits, as in memory, switches no threads and sets no
            // alarm.
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
