#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a process ends: the status it ends with, and whether everything in it has ended before.
struct ExitCode: Sendable, Equatable {
    let status: ExitStatus
    var isOrderly = true

    /// Ends the process.
    func exit() -> Never {
        // `exit` takes down the libraries, beneath threads that still use them where the end was cut short. That would crash.
        // Nothing is lost without: what is to be on disk is there before its answer, as against `kill -9`.
        guard isOrderly else { _exit(status.rawValue) }
        systemExit(status.rawValue)
    }
}

private func systemExit(_ status: Int32) -> Never {
    exit(status)
}
