import Foundation
import LoopbackServer
import broker_probe

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The start line of several probes, held until all of them have reached it.
final class HeldStartLine: Sendable {
    private let path: String
    private let descriptor: Int32
    private let ready = Monitor(0)

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "start-\(UUID().uuidString)").path()
        descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw Errno(rawValue: errno)
        }
    }

    deinit {
        close(descriptor)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// What a probe waits for.
    var line: StartLine { StartLine(path: path) }

    /// Lets everyone go on who waits for it.
    func release() {
        flock(descriptor, LOCK_UN)
    }

    /// Runs probes that all begin at the same moment, and returns what each reported.
    static func run(_ jobs: [ProbeJob]) async throws -> [[ProbeLine]] {
        let line = try HeldStartLine()
        return try await withThrowingTaskGroup(of: [ProbeLine].self) { group in
            for var job in jobs {
                job.start = line.line
                group.addTask { [job] in
                    try await ProbeProcess.run(job) { told in
                        if told == .ready { line.ready.withState { $0 += 1 } }
                    }
                }
            }
            group.addTask {
                try await line.ready.wait { $0 == jobs.count ? () : nil }
                line.release()
                return []
            }
            return try await group.reduce(into: []) { if !$1.isEmpty { $0.append($1) } }
        }
    }
}
