import Foundation

/// The mount points that this process sees (proc(5), `/proc/pid/mountinfo`).
struct MountTable {
    private let points: Set<Substring>

    /// Reads the table of this process; empty where there is none.
    static var ofProcess: MountTable {
        MountTable((try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? "")
    }

    init(_ text: String) {
        points = Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").dropFirst(4).first })
    }

    /// Whether something is mounted at an absolute path.
    func contains(_ path: String) -> Bool {
        let escapes = ["\\": "\\134", " ": "\\040", "\t": "\\011", "\n": "\\012"]
        return points.contains(Substring(path.map { escapes[String($0)] ?? String($0) }.joined()))
    }
}
