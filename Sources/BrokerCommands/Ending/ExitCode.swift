#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a process ends: its exit status, and whether everything in it was shut down before.
struct ExitCode: Sendable, Equatable {
    let status: ExitStatus
    var isOrderly = true

    /// Ends the process.
    func exit() -> Never {
        // If the shutdown was cut short, `exit` would unload libraries that threads still use, and crash. Skipping it
        // loses nothing: results are on disk before they are returned, as a protection against `kill -9`.
        guard isOrderly else { _exit(status.rawValue) }
        systemExit(status.rawValue)
    }
}

private func systemExit(_ status: Int32) -> Never {
    exit(status)
}
