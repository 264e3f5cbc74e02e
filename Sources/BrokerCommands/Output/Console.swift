#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a command writes: results to one place, everything else to another.
struct Console: Sendable {
    /// Writes a result, with a line break behind it.
    let write: @Sendable (String) -> Void
    /// Writes anything else, with a line break behind it.
    let writeError: @Sendable (String) -> Void
    /// How results are laid out.
    let style: TextStyle

    /// The process's own standard output and standard error; coloured on a terminal, unless `NO_COLOR` is set to
    /// anything but nothing (no-color.org) or the terminal is a dumb one.
    static var standard: Console {
        let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        return Console(
            write: { write($0 + "\n", to: STDOUT_FILENO) },
            writeError: { write($0 + "\n", to: STDERR_FILENO) },
            style: isatty(STDOUT_FILENO) == 1
                ? TextStyle(isColoured: !noColor && !isDumb, width: terminalWidth)
                : .plain
        )
    }

    private static var terminalWidth: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return  // Whoever read this has gone; there is nobody left to tell.
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
