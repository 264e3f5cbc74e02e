#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that a test keeps locked until all its probes may begin, which they then do at the same moment.
package struct StartLine: Codable, Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Waits in the kernel, and also returns if the process that holds the lock ends.
    func wait() throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_SH) != 0 {
            guard errno == EINTR else { throw Failure(number: errno) }
        }
    }

    private struct Failure: Error {
        let number: Int32
    }
}
