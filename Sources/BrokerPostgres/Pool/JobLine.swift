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

    func add(_ job: Job) {
        state.withLock { $0.jobs.append(job) }
        news.signal()
        startThread()
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
        let isNeeded = state.withLock { state in
            state.thread = nil
            state.isEnding = false
            return !state.jobs.isEmpty
        }
        if isNeeded { startThread() }
    }

    private func startThread() {
        let isStarted = state.withLock { state in
            if state.thread == nil { state.thread = WorkerThread { [self] in run() } }
            return state.thread != nil
        }
        guard !isStarted else { return }
        // The system has no thread available. The jobs wait for one, as they would for a busy thread.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { [self] in startThread() }
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
