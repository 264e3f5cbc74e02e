import Dispatch
import IdentityBroker

/// Runs an actor on its own thread, which may block, unlike those of the concurrency pool.
///
/// The thread is created with the first job, and can be joined. A Dispatch thread cannot: a library's thread-local
/// data, such as that of libkrb5 under libpq, would then be destroyed at some time during process exit.
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

    /// Ends the thread and waits for its end, once it has run its jobs. A later job gets another thread.
    func join() {
        jobs.end(isJoined: true)
    }
}
