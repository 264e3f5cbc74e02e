#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The handlers that Swift's runtime has for crashes where it finds `swift-backtrace`.
///
/// They start a second program, which keeps the process and its sockets while it works, and prints registers with the memory
/// that they point to: that may be a secret.
enum CrashHandlers {
    /// The signals that the runtime handles (Swift, "Backtracing support").
    private static let signals = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// Has the process end at once where it crashes, unless `SWIFT_BACKTRACE` in its environment asks for something else.
    static func reset() {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        for number in signals {
            // What was ignored from the start, as `SIGQUIT` by a shell's background job, stays ignored.
            let handler = signal(number, SIG_DFL)
            let isIgnored = unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
            if isIgnored { signal(number, SIG_IGN) }
        }
    }
}
