import Dispatch
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads piped input.
enum StandardInput {
    /// More than the longest ticket or callback that a provider accepts, even with every character escaped: enough to
    /// notice that one is too long.
    private static let longestLine = 32 * 1024

    /// All of standard input, without one final line break, as a shell pipe adds it.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/invalidCredential`` if it cannot be read or is not text,
    ///   and of kind ``BrokerError/Kind/cancelled`` if the task is cancelled, or a terminal closes or ends its input
    ///   without text: the user is gone, and no credential was examined.
    static func readLine() async throws(BrokerError) -> String {
        guard var text = String(validating: try await bytes(), as: UTF8.self) else {
            throw BrokerError(
                .invalidCredential, "Standard input is not UTF-8 text, so it is not a credential.")
        }
        if text.last?.isNewline == true { text.removeLast() }
        return text
    }

    /// As many lines of standard input as are wanted; if it is one, all of it, as ``readLine()`` gives it.
    ///
    /// - Throws: ``BrokerError`` as ``readLine()`` does, and of kind ``BrokerError/Kind/invalidCredential`` if there are more
    ///   or fewer lines.
    static func readLines(_ count: Int) async throws(BrokerError) -> [String] {
        guard count > 0 else { return [] }
        let text = try await readLine()
        guard count > 1 else { return [text] }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.count == count else {
            throw BrokerError(
                .invalidCredential, "Standard input does not have \(count) lines, one for each '-' of the command.")
        }
        return lines.map(String.init)
    }

    /// A terminal or a pipe may stay silent forever, and a read from it cannot be cancelled.
    private static func bytes() async throws(BrokerError) -> [UInt8] {
        let (answers, answer) = AsyncStream.makeStream(
            of: Result<[UInt8], BrokerError>.self, bufferingPolicy: .bufferingOldest(1))
        DispatchQueue(label: "standard-input").async {
            do throws(BrokerError) {
                answer.yield(.success(try read(atMost: longestLine)))
            } catch {
                answer.yield(.failure(error))
            }
        }
        for await result in answers { return try result.get() }
        throw BrokerError(.cancelled, "Interrupted while standard input was being read.")
    }

    /// The first bytes of standard input, up to its end or the limit.
    private static func read(atMost bound: Int) throws(BrokerError) -> [UInt8] {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < bound {
            let wanted = min(chunk.count, bound - bytes.count)
            let count = chunk.withUnsafeMutableBytes { systemRead(STDIN_FILENO, $0.baseAddress, wanted) }
            if count < 0 {
                let number = errno
                guard [EINTR, EAGAIN].contains(number) else {
                    // The error for a closed terminal (read(2), EIO).
                    if isTerminal, number == EIO { throw closedTerminal }
                    throw BrokerError(
                        .invalidCredential, "Standard input cannot be read: \(String(cString: strerror(number))).")
                }
                waitForInput()
                continue
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        // To a reader at the time it closes, a terminal is at its end, and no longer a terminal.
        if isTerminal, bytes.isEmpty || isatty(STDIN_FILENO) != 1 { throw closedTerminal }
        return bytes
    }

    private static var closedTerminal: BrokerError {
        BrokerError(.cancelled, "The input from the terminal ended before it was complete.")
    }

    /// Another process that shares the open file may have made it non-blocking.
    private static func waitForInput() {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, -1)
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
