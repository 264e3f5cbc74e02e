#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the system has against something.
struct SystemFailure: Error {
    let reason: String

    /// The failure of the system call that was made last.
    init() {
        self.init(reason: String(cString: strerror(errno)))
    }

    init(reason: String) {
        self.reason = reason
    }
}
