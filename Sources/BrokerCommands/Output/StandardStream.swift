#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One of the descriptors that a process is started with, for writing.
struct StandardStream: Sendable {
    /// Why text did not get out.
    struct Failure: Error {
        let reason: String

        /// The failure of the system call that was made last.
        init() {
            reason = String(cString: strerror(errno))
        }
    }

    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

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
    func write(_ text: String) throws(Failure) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard count < 0 else {
                bytes = bytes.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: break
            case EAGAIN: waitForRoom()
            default: throw Failure()
            }
        }
        try confirm()
    }

    /// Another process that shares the open file may have made it one that does not block.
    private func waitForRoom() {
        var descriptor = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&descriptor, 1, -1)
    }

    /// A file on another machine may say at its closing alone that it has no room. Closing a duplicate asks it.
    private func confirm() throws(Failure) {
        let duplicate = dup(descriptor)
        guard duplicate < 0 || close(duplicate) == 0 || errno == EINTR else { throw Failure() }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
