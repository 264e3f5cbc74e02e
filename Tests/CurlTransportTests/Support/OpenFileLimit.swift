#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The number of files that this process may have open.
enum OpenFileLimit {
    /// Raises the limit as far as needed. Returns whether that many are allowed now.
    static func raise(to needed: rlim_t) -> Bool {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return false }
        guard limit.rlim_cur < needed else { return true }
        limit.rlim_cur = min(needed, limit.rlim_max)
        return limit.rlim_cur == needed && setrlimit(resource, &limit) == 0
    }

    /// Runs the body while no file and no socket can be opened. For a process of its own.
    static func withoutFreeDescriptors<Result>(_ body: () async throws -> Result) async throws -> Result {
        var before = rlimit()
        let free = dup(STDIN_FILENO)
        guard free >= 0, close(free) == 0, getrlimit(resource, &before) == 0 else { throw NoLimit() }
        var limit = before
        limit.rlim_cur = rlim_t(free)
        guard setrlimit(resource, &limit) == 0 else { throw NoLimit() }
        defer { _ = setrlimit(resource, &before) }
        return try await body()
    }

    private struct NoLimit: Error {}

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
