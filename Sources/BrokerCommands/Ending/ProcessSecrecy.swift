import CProcessShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps the process's secrets out of files that others may read.
enum ProcessSecrecy {
    /// Prevents the kernel from writing core files and libcurl from logging TLS keys, with which readers could decrypt
    /// connections.
    static func begin() {
        unsetenv("SSLKEYLOGFILE")
        // Swift's crash reporter reads the process's memory, which the kernel forbids for a process that is not
        // dumpable.
        if getenv("SWIFT_BACKTRACE") == nil { processshim_forbid_dumps() }
        limitCores()
    }

    /// Sets the limit at which the kernel neither writes a core nor pipes one to a program. At 0 it would still pipe
    /// (core(5)); 1 is a crashing pipe handler's own limit, at which it pipes no more, and is too small for a file
    /// (`fs/coredump.c`).
    private static func limitCores() {
        var limit = rlimit()
        guard getrlimit(core, &limit) == 0 else { return }
        limit.rlim_cur = min(1, limit.rlim_max)
        _ = setrlimit(core, &limit)
    }

    #if canImport(Glibc)
        private static var core: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_CORE.rawValue) }
    #else
        private static var core: CInt { RLIMIT_CORE }
    #endif
}
