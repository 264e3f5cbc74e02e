#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads a bounded prefix of a file. Foundation's readers have no bound, and a configured path may name a device.
package struct FileDescriptorReader: ~Copyable {
    private let descriptor: Int32

    /// The operating system's error number.
    package struct Failure: Error {
        package let number: Int32
    }

    package init(path: String) throws(Failure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// The first bytes of the file, up to the bound.
    ///
    /// - Parameter patience: How long to wait for another program to write to a pipe, and to close it. By default a pipe
    ///   has no more than what it has now.
    /// - Throws: ``Failure``; with `EAGAIN` if the other program did not write and close the pipe in time.
    package func read(atMost bound: Int, within patience: Duration = .zero) throws(Failure) -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        // Without a writer a pipe seems to be at its end.
        if patience > .zero, isPipe, !isReadable(before: deadline) { throw Failure(number: EAGAIN) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < bound {
            let wanted = min(chunk.count, bound - bytes.count)
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, wanted) }
            if count < 0 {
                let number = errno
                if number == EINTR || number == EAGAIN && isReadable(before: deadline) { continue }
                throw Failure(number: number)
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private var isPipe: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    /// Waits until there is something to read, or the end.
    private func isReadable(before deadline: ContinuousClock.Instant) -> Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let rest = ContinuousClock.now.duration(to: deadline)
            guard rest > .zero else { return false }
            // Rounded up: with a zero timeout it would only spin.
            let count = poll(&event, 1, CInt((rest / .milliseconds(1)).rounded(.up)))
            guard count < 0, errno == EINTR else { return count > 0 }
        }
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
