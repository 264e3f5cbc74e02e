#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A value behind a mutex.
///
/// On Linux, the thread sanitizer does not recognize `Synchronization.Mutex`, an inlined futex, and reports races in
/// correct code. It knows `pthread_mutex_t`.
// Unchecked: the value is accessed only between lock and unlock of the mutex, whose address never changes.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    private struct Contents {
        var mutex: pthread_mutex_t
        var value: Value
    }

    // A pointer, which also avoids run-time exclusivity checks on a variable that the lock already protects.
    private let contents: UnsafeMutablePointer<Contents>

    package init(_ value: Value) {
        contents = .allocate(capacity: 1)
        contents.initialize(to: Contents(mutex: pthread_mutex_t(), value: value))
        let failure = pthread_mutex_init(&contents.pointee.mutex, nil)
        precondition(failure == 0, "pthread_mutex_init fails only for want of memory")
    }

    deinit {
        pthread_mutex_destroy(&contents.pointee.mutex)
        contents.deinitialize(count: 1)
        contents.deallocate()
    }

    /// Runs the body with the value locked. The body must not block or take the same lock.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(&contents.pointee.mutex)
        defer { pthread_mutex_unlock(&contents.pointee.mutex) }
        return try body(&contents.pointee.value)
    }
}
