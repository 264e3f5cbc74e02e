#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Foundation

/// Standard output, on which a line is out as soon as it is printed: nothing waits in a buffer that a kill would take.
enum Output {
    static func print(_ line: ProbeLine) {
        guard var bytes = try? Array(JSONEncoder().encode(line)) else { return }
        bytes.append(UInt8(ascii: "\n"))
        // A pipe takes so short a line whole or not at all (POSIX, PIPE_BUF). Without a reader there is nobody to tell.
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
