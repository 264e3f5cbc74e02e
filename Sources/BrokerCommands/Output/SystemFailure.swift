#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A system error.
struct SystemFailure: Error {
    let reason: String

    /// The error of the last system call.
    init() {
        self.init(reason: String(cString: strerror(errno)))
    }

    init(reason: String) {
        self.reason = reason
    }
}
