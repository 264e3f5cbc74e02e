#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps secrets of the process out of files that others may read.
enum ProcessSecrecy {
    /// Writes no core file, unless somebody raises the limit again (`prlimit --core`), and has libcurl log no TLS keys: whoever reads
    /// those can read the connections.
    static func begin() {
        unsetenv("SSLKEYLOGFILE")
        var limit = rlimit()
        guard getrlimit(core, &limit) == 0 else { return }
        limit.rlim_cur = 0
        _ = setrlimit(core, &limit)
    }

    #if canImport(Glibc)
        private static var core: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_CORE.rawValue) }
    #else
        private static var core: CInt { RLIMIT_CORE }
    #endif
}
