/// The moment by which a login must end.
public struct Deadline: Sendable {
    private let clock: BrokerClock
    private let end: Duration

    /// The deadline this far ahead.
    package init(in timeout: Duration, by clock: BrokerClock) {
        self.clock = clock
        end = clock.uptime() + timeout
    }

    private init(at end: Duration, by clock: BrokerClock) {
        self.clock = clock
        self.end = end
    }

    /// The same deadline, or one this far ahead if that is later.
    func atLeast(_ time: Duration) -> Deadline {
        Deadline(at: max(end, clock.uptime() + time), by: clock)
    }

    /// The same deadline, or one this far ahead if that is earlier.
    func atMost(_ time: Duration) -> Deadline {
        Deadline(at: min(end, clock.uptime() + time), by: clock)
    }

    /// The time left; zero after the deadline.
    public var remaining: Duration {
        max(.zero, end - clock.uptime())
    }

    /// Whether no time is left.
    public var isOver: Bool { remaining == .zero }

    /// Calls the closure at the deadline, unless the alarm is cancelled first.
    func alarm(_ ring: @escaping @Sendable () -> Void) -> BrokerClock.Alarm {
        clock.alarm(remaining, ring)
    }
}

/// Races an operation against a deadline and its caller's cancellation: whichever ends first decides.
///
/// Structured concurrency would wait for an operation that ignores cancellation. A login must not: its deadline applies
/// whatever a provider does, so the loser of the race is cancelled and left behind.
package enum Race {
    /// The deadline won.
    package struct DeadlinePassed: Error {}

    /// Runs the operation.
    ///
    /// - Parameter whenOver: Called once, when the operation has ended or will not begin, possibly long after it lost
    ///   the race.
    /// - Returns: Its result; ``DeadlinePassed``; or `CancellationError` if the calling task was cancelled first.
    package static func run<Value: Sendable>(
        until deadline: Deadline,
        _ operation: @escaping @Sendable () async throws -> Value,
        whenOver: @escaping @Sendable () -> Void = {}
    ) async -> Result<Value, any Error> {
        // If the race is already lost, do not begin: an operation may send a request before it learns of that.
        if let loss = lossBeforeBegin(deadline) {
            whenOver()
            return .failure(loss)
        }
        let finish = Finish<Result<Value, any Error>>()
        let work = Task {
            let result: Result<Value, any Error>
            do { result = .success(try await operation()) } catch { result = .failure(error) }
            whenOver()
            finish.cross(with: result)
        }
        let alarm = deadline.alarm { finish.cross(with: .failure(DeadlinePassed())) }
        let winner = await withTaskCancellationHandler {
            await finish.winner()
        } onCancel: {
            finish.cross(with: .failure(CancellationError()))
        }
        work.cancel()
        alarm.switchOff()
        return winner
    }

    private static func lossBeforeBegin(_ deadline: Deadline) -> (any Error)? {
        if Task.isCancelled { return CancellationError() }
        return deadline.isOver ? DeadlinePassed() : nil
    }
}
