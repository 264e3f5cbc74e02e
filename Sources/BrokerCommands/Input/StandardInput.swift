import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads what was piped in.
enum StandardInput {
    /// Twice the longest ticket that a provider takes by default: enough to see that one is too long.
    private static let longestLine = 8192

    /// The whole of standard input less one line break at its end, as a shell pipe leaves it.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/invalidCredential`` where it is no text.
    static func readLine() throws(BrokerError) -> String {
        guard var text = String(validating: read(atMost: longestLine), as: UTF8.self) else {
            throw BrokerError(.invalidCredential, "Standard input is not UTF-8 text, so it is no ticket.")
        }
        if text.last?.isNewline == true { text.removeLast() }
        return text
    }

    /// The first bytes of standard input up to its end, at most as many as the bound.
    private static func read(atMost bound: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < bound {
            let wanted = min(chunk.count, bound - bytes.count)
            let count = chunk.withUnsafeMutableBytes { systemRead(STDIN_FILENO, $0.baseAddress, wanted) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
