import BrokerTesting
import GRDB
import Testing

@testable import BrokerSQLite

@Suite("What SQLite expects of a database and its log")
struct LogStateTests {
    private func state(pages: Int64 = 10, frames: Int64 = 0, copied: Int64 = 0) -> LogState {
        LogState(pageSize: 4_096, pages: pages, frames: frames, copiedFrames: copied)
    }

    @Test(
        "recognizes a truncated log by a lost frame, but not by one that the database also has",
        arguments: [
            (frames: 0, copied: 0, length: 0, isTruncated: false),
            (2, 0, 32 + 2 * 4_120, false), (2, 0, 32 + 2 * 4_120 - 1, true), (2, 0, 0, true), (2, 1, 32 + 4_120, true),
            (2, 2, 0, false), (2, 2, 5_000, false),
        ] as [(frames: Int64, copied: Int64, length: Int64, isTruncated: Bool)])
    func log(frames: Int64, copied: Int64, length: Int64, isTruncated: Bool) {
        #expect(state(frames: frames, copied: copied).isLogTruncated(to: length) == isTruncated)
    }

    @Test(
        "recognizes a truncated database by missing more pages than the log can hold",
        arguments: [
            (frames: 0, copied: 0, length: 10, isTruncated: false), (0, 0, 9, true), (1, 0, 9, false), (1, 1, 9, true),
            (5, 3, 8, false), (5, 3, 7, true), (100, 0, 1, false), (0, 0, 12, false),
        ] as [(frames: Int64, copied: Int64, length: Int64, isTruncated: Bool)])
    func database(frames: Int64, copied: Int64, length: Int64, isTruncated: Bool) {
        let state = state(frames: frames, copied: copied)
        #expect(state.isDatabaseTruncated(to: length * 4_096) == isTruncated)
        #expect(state.isDatabaseWhole(at: length * 4_096) == (length >= 10))
    }

    @Test("is read as SQLite writes it, before and after a checkpoint")
    func read() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore.impatient(at: directory.database)
        try await store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for number in 0..<3 { try #require(try await store.reserve(.example(number), at: .at(0))) }
        let length = try directory.content(of: "broker.sqlite-wal").count
        func look() async throws -> LogState? {
            try await store.connection.writeWithoutTransaction { database in
                try database.beginTransaction(.immediate)
                defer { try? database.rollback() }
                return try LogState(of: database)
            }
        }
        let before = try #require(try await look())
        #expect(before.pageSize == 4_096)
        #expect(before.frames > 0 && before.copiedFrames == 0)
        #expect(32 + before.frames * 4_120 == length)
        try await store.execute("PRAGMA wal_checkpoint(PASSIVE)")
        let after = try #require(try await look())
        #expect(after.copiedFrames == after.frames)
        #expect(after.pages * 4_096 == Int64(try directory.content(of: "broker.sqlite").count))
    }
}
