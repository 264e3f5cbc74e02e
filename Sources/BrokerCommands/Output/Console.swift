import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a command writes: results to one stream, everything else to another.
struct Console: Sendable {
    /// Writes a result, followed by a line break.
    ///
    /// Throws ``BrokerError`` if the result cannot be written: a command whose output is lost has not succeeded.
    let write: @Sendable (String) throws(BrokerError) -> Void
    /// Writes anything else, followed by a line break. If that fails, it is lost; the exit status still tells.
    let writeError: @Sendable (String) -> Void
    /// The style of results.
    let style: TextStyle
    /// The languages in which to describe provider types, the preferred one first; English if none is left.
    var languages: [String] = []

    /// The process's own standard output and standard error; colored on a terminal, unless `NO_COLOR` is set and not
    /// empty (no-color.org) or the terminal is dumb.
    static var standard: Console {
        let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        return Console(
            write: { text throws(BrokerError) in
                do throws(SystemFailure) {
                    try StandardStream.output.write(text + "\n")
                } catch {
                    throw BrokerError(
                        .internalError, "The result cannot be written to standard output: \(error.reason).")
                }
            },
            writeError: { try? StandardStream.error.write($0 + "\n") },
            style: isatty(STDOUT_FILENO) == 1
                ? TextStyle(isColored: !noColor && !isDumb, width: terminalWidth)
                : .plain,
            languages: UserLanguage.preferred { name in getenv(name).map { String(cString: $0) } }
        )
    }

    private static var terminalWidth: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
