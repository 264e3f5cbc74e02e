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

/// The crash handlers that Swift's runtime installs if it finds `swift-backtrace`.
///
/// They start a second program, which keeps the process and its sockets alive while it works, and prints registers with
/// the memory that they point to, which may be a secret.
enum CrashHandlers {
    /// The signals that the runtime handles (Swift, "Backtracing support").
    private static let signals = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// Makes the process end at once if it crashes, unless `SWIFT_BACKTRACE` in its environment says otherwise.
    static func reset() {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        for number in signals {
            // A signal ignored from the start, like a shell background job's `SIGQUIT`, stays ignored.
            let handler = signal(number, SIG_DFL)
            let isIgnored = unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
            if isIgnored { signal(number, SIG_IGN) }
        }
    }
}
