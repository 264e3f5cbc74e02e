import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where log lines go: a file descriptor that all log handlers of a process share, so that no line gets into another.
///
/// Nothing is lost to a slow reader: whoever logs waits for room. Without a reader at all (`EPIPE`), lines go nowhere. The
/// process has to ignore `SIGPIPE`, which SwiftNIO sees to.
public final class LogOutput: Sendable {
    private let descriptor: Int32
    /// Held while writing, blocking or not: that is what keeps a line whole where the system takes it in parts.
    private let turn = Locked(())

    /// Makes an output.
    ///
    /// - Parameter descriptor: An open file descriptor, which stays the caller's; by default standard error.
    public init(descriptor: Int32 = 2) {
        self.descriptor = descriptor
    }

    /// Writes all of the bytes, in one piece.
    func write(_ bytes: [UInt8]) {
        turn.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&event, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
