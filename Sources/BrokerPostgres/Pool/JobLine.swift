import Dispatch
import IdentityBroker

/// The jobs that wait for a thread, and the thread.
final class JobLine: Sendable {
    struct Job: Sendable {
        let job: UnownedJob
        let executor: UnownedSerialExecutor

        func run() {
            job.runSynchronously(on: executor)
        }
    }

    private struct State: Sendable {
        var jobs: [Job] = []
        var thread: WorkerThread?
        var isEnding = false
    }

    private let state = Locked(State())
    /// Counts added jobs and requested ends.
    private let news = DispatchSemaphore(value: 0)

    /// Adds a job.
    ///
    /// Another thread may run the job, and release this, before the call returns: what enqueues a job does not own its
    /// executor. So everything happens before the lock is released.
    func add(_ job: Job) {
        state.withLock { state in
            state.jobs.append(job)
            news.signal()
            startThread(in: &state)
        }
    }

    /// Ends the thread, if there is one, once it has run pending jobs.
    ///
    /// - Parameter isJoined: Whether to wait for its end, which the thread itself must not do.
    func end(isJoined: Bool) {
        let thread = state.withLock { state -> WorkerThread? in
            guard !state.isEnding, let thread = state.thread else { return nil }
            state.isEnding = true
            return thread
        }
        guard let thread else { return }
        news.signal()
        guard isJoined else { return thread.detach() }
        thread.join()
        state.withLock { state in
            state.thread = nil
            state.isEnding = false
            if !state.jobs.isEmpty { startThread(in: &state) }
        }
    }

    private func startThread(in state: inout State) {
        guard state.thread == nil else { return }
        state.thread = WorkerThread { [self] in run() }
        guard state.thread == nil else { return }
        // The system has no thread available. The jobs wait for one, as they would for a busy thread.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { [self] in
            self.state.withLock { startThread(in: &$0) }
        }
    }

    private func run() {
        while let job = next() { job.run() }
    }

    /// The next job, once there is one; nil at the end.
    private func next() -> Job? {
        while true {
            let (job, isOver) = state.withLock { state -> (Job?, Bool) in
                guard state.jobs.isEmpty else { return (state.jobs.removeFirst(), false) }
                return (nil, state.isEnding)
            }
            if let job { return job }
            guard !isOver else { return nil }
            news.wait()
        }
    }
}
