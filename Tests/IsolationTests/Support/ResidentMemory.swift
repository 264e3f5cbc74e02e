import Foundation

/// How much memory this process has, in bytes.
enum ResidentMemory {
    /// Nil where the system does not say it in `/proc`.
    static var bytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(getpagesize())
    }
}
