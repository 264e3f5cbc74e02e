#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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
