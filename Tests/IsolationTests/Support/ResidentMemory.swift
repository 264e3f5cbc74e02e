import Foundation

/// The resident memory of this process, in bytes.
enum ResidentMemory {
    /// Nil if the system does not report it in `/proc`.
    static var bytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(getpagesize())
    }
}
