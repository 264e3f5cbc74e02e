import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A line of a probe's report.
package enum ProbeLine: Codable, Sendable, Hashable {
    /// It is running, and waits for its start.
    case ready
    /// It has used the store, and waits until it may make its commit.
    case prepared
    /// It reserved the credential, or consumed the record, with this number.
    case won(Int)
    /// The store refused the credential with this number.
    case refused(Int, isFull: Bool, mayHaveHappened: Bool)
    /// Its commit of records is done.
    case committed
    /// It stopped at a step, and waits to be killed.
    case stopped(LoginStep)
    /// A login was answered.
    case answered(LoginAnswer)
    /// It cannot continue.
    case failed(String)
}

/// Standard output without a buffer, so that a kill loses no printed line.
enum Output {
    static func print(_ line: ProbeLine) {
        guard var bytes = try? Array(JSONEncoder().encode(line)) else { return }
        bytes.append(UInt8(ascii: "\n"))
        // A pipe accepts such a short line completely or not at all (POSIX, PIPE_BUF). Without a reader, the line is
        // lost.
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
