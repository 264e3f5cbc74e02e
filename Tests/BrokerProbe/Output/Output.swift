#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Foundation

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
