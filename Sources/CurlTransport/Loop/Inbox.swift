import IdentityBroker

/// What other threads submit to the loop, and the only state that they share with it.
///
/// The loop is woken only if it waits, so that a burst of submissions costs one wake-up. It is woken under the lock,
/// and never once it has been told to stop, so that no wake-up can reach a multi handle that is being cleaned up.
final class Inbox: Sendable {
    /// What has arrived since the loop last looked.
    struct Batch: Sendable {
        var submissions: [Submission] = []
        var cancellations: [Submission.ID] = []
    }

    private enum Phase: Sendable {
        case running
        case stopping
        case stopped
    }

    private struct State: Sendable {
        var batch = Batch()
        var phase = Phase.running
        var loopWaits = false
        var stopWaiters: [CheckedContinuation<Void, Never>] = []

        mutating func takeTurnToWake() -> Bool {
            defer { loopWaits = false }
            return loopWaits
        }
    }

    private let state = Locked(State())
    private let wake: MultiHandle.Waker

    init(wake: MultiHandle.Waker) {
        self.wake = wake
    }

    /// Adds a submission; answers it at once if the transport is shut down.
    func submit(_ submission: Submission) {
        if !leave({ $0.submissions.append(submission) }) {
            submission.fail(.shutDown, mayHaveLeft: false)
        }
    }

    /// Requests the end of a transfer, which may be over already.
    func cancel(_ id: Submission.ID) {
        _ = leave { $0.cancellations.append(id) }
    }

    private func leave(_ change: (inout Batch) -> Void) -> Bool {
        state.withLock { state in
            guard state.phase == .running else { return false }
            change(&state.batch)
            if state.takeTurnToWake() { wake() }
            return true
        }
    }

    /// Tells the loop to end all transfers and then itself. Resumes the continuation when that is done.
    func stop(then continuation: CheckedContinuation<Void, Never>?) {
        let isStopped = state.withLock { state in
            guard state.phase != .stopped else { return true }
            if let continuation { state.stopWaiters.append(continuation) }
            state.phase = .stopping
            if state.takeTurnToWake() { wake() }
            return false
        }
        if isStopped { continuation?.resume() }
    }
}

/// For the loop.
extension Inbox {
    /// Swaps the given batch, which is finished, for what has arrived. Returns false if the loop must stop; nothing
    /// arrives after that batch.
    func take(into batch: inout Batch) -> Bool {
        batch.submissions.removeAll(keepingCapacity: true)
        batch.cancellations.removeAll(keepingCapacity: true)
        return state.withLock { state in
            state.loopWaits = false
            swap(&state.batch, &batch)
            return state.phase == .running
        }
    }

    /// Whether nothing has arrived, so that the loop may wait. Whatever arrives from now on wakes it.
    func mayWait() -> Bool {
        state.withLock { state in
            state.loopWaits =
                state.batch.submissions.isEmpty && state.batch.cancellations.isEmpty && state.phase == .running
            return state.loopWaits
        }
    }

    /// Tells everyone who waits for the stop that it is complete.
    func announceStop() {
        let waiters = state.withLock { state in
            state.phase = .stopped
            defer { state.stopWaiters = [] }
            return state.stopWaiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }
}
