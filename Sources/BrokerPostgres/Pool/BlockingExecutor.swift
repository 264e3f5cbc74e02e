import Dispatch
import IdentityBroker

/// Runs an actor on a thread of its own, which may be blocked, as those of the concurrency pool may not.
///
/// The thread is made with the first job, and can be waited for. A thread of Dispatch cannot: what a library keeps for each
/// thread, as libkrb5 beneath libpq does, would then be taken down at some time during the process's exit.
final class BlockingExecutor: SerialExecutor {
    private let jobs = JobLine()

    deinit {
        jobs.end(isJoined: false)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(JobLine.Job(job: UnownedJob(job), executor: asUnownedSerialExecutor()))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Ends the thread and waits for its end, once it has run what it was given. A later job gets another thread.
    func join() {
        jobs.end(isJoined: true)
    }
}
