#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A value behind a mutex. Copies share it.
///
/// On Linux, the thread sanitizer does not recognize `Synchronization.Mutex`, an inlined futex, and reports races in
/// correct code. It knows `pthread_mutex_t`.
// Unchecked: the value is accessed only between lock and unlock of the mutex. Both are in one allocation, whose address
// never changes.
package struct Locked<Value: Sendable>: @unchecked Sendable {
    private final class Contents: ManagedBuffer<Value, pthread_mutex_t> {
        deinit {
            _ = withUnsafeMutablePointerToElements { pthread_mutex_destroy($0) }
        }
    }

    // Its pointers also avoid run-time exclusivity checks on a variable that the lock already protects.
    private let contents: ManagedBuffer<Value, pthread_mutex_t>

    package init(_ value: Value) {
        contents = Contents.create(minimumCapacity: 1) { _ in value }
        let failure = contents.withUnsafeMutablePointerToElements { mutex in
            mutex.initialize(to: pthread_mutex_t())
            return pthread_mutex_init(mutex, nil)
        }
        precondition(failure == 0, "pthread_mutex_init fails only for want of memory")
    }

    /// Runs the body with the value locked. The body must not block or take the same lock.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try contents.withUnsafeMutablePointers { value, mutex throws(Failure) in
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    }
}
