#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A value behind a mutex.
///
/// On Linux the thread sanitizer cannot see into `Synchronization.Mutex`, an inlined futex, and reports races on correct
/// code. It knows `pthread_mutex_t`.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    // Sendable, because `value` is reached only between lock and unlock of `mutex`, whose address never changes.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    package init(_ value: Value) {
        mutex = .allocate(capacity: 1)
        self.value = value
        let failure = pthread_mutex_init(mutex, nil)
        precondition(failure == 0, "pthread_mutex_init fails only for want of memory")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs the body with the value locked. The body must neither block nor take the same lock.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
