/// An operation against a deadline and against its caller's patience: whichever ends first decides.
///
/// Structured concurrency would wait for an operation that ignores its cancellation. A login must not: its deadline holds
/// whatever a provider does, so the loser of the race is cancelled and left behind.
package enum Race {
    /// The deadline won.
    package struct DeadlinePassed: Error {}

    /// Runs the operation.
    ///
    /// - Parameter whenOver: Is called once, when the operation has ended or will not begin. That may be long after the
    ///   race was lost.
    /// - Returns: Its result; ``DeadlinePassed``; or `CancellationError` if the calling task was cancelled first.
    package static func run<Value: Sendable>(
        until deadline: Deadline,
        _ operation: @escaping @Sendable () async throws -> Value,
        whenOver: @escaping @Sendable () -> Void = {}
    ) async -> Result<Value, any Error> {
        // What is lost before it begins is not begun: an operation may get a request out before it is told.
        if let loss = lossBeforeBegin(deadline) {
            whenOver()
            return .failure(loss)
        }
        let finish = Finish<Value>()
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

    /// Keeps the first result, and hands it to the one who waits.
    private final class Finish<Value: Sendable>: Sendable {
        private enum State: Sendable {
            case open
            case awaited(CheckedContinuation<Result<Value, any Error>, Never>)
            case crossed(Result<Value, any Error>)
            case over
        }

        private let state = Locked(State.open)

        func cross(with result: Result<Value, any Error>) {
            let waiter = state.withLock { state -> CheckedContinuation<Result<Value, any Error>, Never>? in
                switch state {
                case .open:
                    state = .crossed(result)
                    return nil
                case .awaited(let continuation):
                    state = .over
                    return continuation
                case .crossed, .over:
                    return nil
                }
            }
            waiter?.resume(returning: result)
        }

        func winner() async -> Result<Value, any Error> {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    guard case .crossed(let result) = state else {
                        state = .awaited(continuation)
                        return nil
                    }
                    state = .over
                    return result
                }
                if let result { continuation.resume(returning: result) }
            }
        }
    }
}
