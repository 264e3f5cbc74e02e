#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One of the descriptors that a process is started with, for writing.
struct StandardStream: Sendable {
    /// Waits for its reader for as long as it takes.
    static let output = StandardStream(descriptor: STDOUT_FILENO, patience: nil)
    /// Gives up on a reader that stalls, since a process has to come to its end.
    static let error = StandardStream(descriptor: STDERR_FILENO, patience: 5_000)

    private let descriptor: Int32
    /// How many milliseconds a reader may stall.
    private let patience: Int32?

    /// Makes the process fit to write to them. Call it before anything else.
    ///
    /// A reader that has gone is an error to report and no reason to be killed (SIGPIPE). A descriptor that the process was
    /// started without would otherwise become that of the next file, and a result would end up in the database.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free descriptor is the one that is missing. Opened the wrong way round, it fails as a closed one does.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all of it.
    func write(_ text: String) throws(SystemFailure) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // A pipe that has room takes so much without a wait (pipe(7), PIPE_BUF).
            if patience != nil { try waitForRoom() }
            let part = bytes.prefix(patience == nil ? .max : Int(PIPE_BUF))
            let count = part.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard count < 0 else {
                bytes = bytes.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: break
            case EAGAIN: try waitForRoom()
            default: throw SystemFailure()
            }
        }
        try confirm()
    }

    /// Another process that shares the open file may also have made it one that does not block.
    private func waitForRoom() throws(SystemFailure) {
        var descriptor = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&descriptor, 1, patience ?? -1) == 0 { throw SystemFailure(reason: "Its reader stalls") }
    }

    /// A file on another machine may say at its closing alone that it has no room. Closing a duplicate asks it.
    private func confirm() throws(SystemFailure) {
        let duplicate = dup(descriptor)
        guard duplicate < 0 || close(duplicate) == 0 || errno == EINTR else { throw SystemFailure() }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
