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
