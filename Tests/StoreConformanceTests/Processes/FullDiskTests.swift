import BrokerSQLite
import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Subprocess
import Testing
import broker_probe

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("An SQLite store on a disk that fills up", .timeLimit(.minutes(5)))
struct FullDiskTests {
    private static func canMount() async throws -> Bool {
        try await run("unshare --map-root-user --mount true", in: "/").status == .exited(0)
    }

    /// Runs a shell script, and returns what it printed.
    private static func run(
        _ script: String,
        in directory: String
    ) async throws -> (status: TerminationStatus, output: String) {
        let result = try await Subprocess.run(
            .name("bash"), arguments: ["-c", script], workingDirectory: FilePath(directory), input: .none,
            output: .string(limit: 1024 * 1024), error: .currentStandardError)
        return (result.terminationStatus, result.standardOutput)
    }

    @Test(
        "has nothing from the failed commit when its process is killed there and the files are reopened",
        .enabled("no file system can be mounted here", { try await canMount() }),
        arguments: 0..<4)
    func nothing(ofFillerPages pages: Int) async throws {
        let storage = try SQLiteStorage()
        let directory = URL(filePath: storage.path).deletingLastPathComponent().path()
        let choice = StoreChoice(kind: .sqlite, settings: #"{"path":"\#(directory)disk/broker.sqlite"}"#)
        let job = try JSONEncoder().encode(ProbeJob(store: choice, task: .filling(StoreFilling())))
        let (probe, argument) = (ProbeProcess.path.string, String(decoding: job, as: UTF8.self))
        // The disk is gone with the shell. Without the file of its index, the log is read as after a crash.
        let script = """
            mkdir disk && mount -t tmpfs -o size=1m none disk || exit 1
            head -c \(pages * 4096) /dev/zero >disk/filler
            (\(probe) '\(argument)')
            cp -p disk/broker.sqlite disk/broker.sqlite-wal .
            """
        try Data(script.utf8).write(to: URL(filePath: "\(directory)script"))
        let (status, output) = try await Self.run("unshare --map-root-user --mount bash script", in: directory)
        #expect(status == .exited(0))
        let lines = try output.split(separator: "\n").map { line in
            try JSONDecoder().decode(ProbeLine.self, from: Data(line.utf8))
        }
        let won = lines.won
        #expect(won.count > 10)
        // In order, the first credential that was not won is the one that was refused.
        #expect(won == Array(0..<won.count))
        #expect(lines.last == .refused(won.count, isFull: true, mayHaveHappened: false))

        let queue = try DatabaseQueue(path: storage.path)
        #expect(try await queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM reservation") } == won.count)
        try queue.close()
        let store = try SQLiteStore(path: storage.path)
        for number in won { #expect(try await !store.reserve(StoreFilling.reservation(number), at: StoreFilling.now)) }
        #expect(try await store.reserve(StoreFilling.reservation(won.count), at: StoreFilling.now))
        try await store.close()
        try storage.remove()
    }
}
