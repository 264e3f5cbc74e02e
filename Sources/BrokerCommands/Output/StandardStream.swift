#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One of the standard descriptors of a process, for writing.
struct StandardStream: Sendable {
    /// Waits for its reader indefinitely.
    static let output = StandardStream(descriptor: STDOUT_FILENO, patience: nil)
    /// Gives up on a stalled reader, since a process must end.
    static let error = StandardStream(descriptor: STDERR_FILENO, patience: 5_000)

    private let descriptor: Int32
    /// How many milliseconds a reader may stall.
    private let patience: Int32?

    /// Prepares the process for writing to them. Call it before anything else.
    ///
    /// A vanished reader is an error to report, not a reason to be killed (SIGPIPE). A descriptor that was closed at
    /// startup would otherwise be reused for the next file, and a result would end up in the database.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free descriptor is the missing one. Opened in the wrong direction, it fails like a closed one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all of it.
    func write(_ text: String) throws(SystemFailure) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // A pipe that has room accepts this much without blocking (pipe(7), PIPE_BUF).
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

    /// Another process that shares the open file may have made it non-blocking.
    private func waitForRoom() throws(SystemFailure) {
        var descriptor = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&descriptor, 1, patience ?? -1) == 0 { throw SystemFailure(reason: "Its reader stalls") }
    }

    /// A remote file system may report a lack of space only on close. Closing a duplicate checks that.
    private func confirm() throws(SystemFailure) {
        let duplicate = dup(descriptor)
        guard duplicate < 0 || close(duplicate) == 0 || errno == EINTR else { throw SystemFailure() }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}

/// A system error.
struct SystemFailure: Error {
    let reason: String

    /// The error of the last system call.
    init() {
        self.init(reason: String(cString: strerror(errno)))
    }

    init(reason: String) {
        self.reason = reason
    }
}
