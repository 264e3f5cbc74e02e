import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A purge")
struct PurgeTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database, auditRetention: .seconds(100))
    }

    private func fill(reservations: Range<Int>, events: Range<Int>) async throws {
        for number in reservations {
            _ = try await store.reserve(.example(number, until: Double(number)), at: .at(-1_000))
        }
        for number in events {
            try await store.append(.example("\(number)", began: .at(Double(number))))
        }
    }

    private func expiries() async throws -> [Int] {
        let zero = Timestamps.nanoseconds(of: .at(0))
        return try await store.connection.read { database in
            let sql = "SELECT (expiry - ?) / 1000000000 FROM reservation ORDER BY expiry"
            return try Int.fetchAll(database, sql: sql, arguments: [zero])
        }
    }

    @Test("removes what has expired, and nothing else")
    func expired() async throws {
        try await fill(reservations: 0..<10, events: 0..<10)
        #expect(try await store.purge(at: .at(4), atMost: 100) == 5)
        #expect(try await expiries() == [5, 6, 7, 8, 9])
        #expect(try await store.newestEvents(100).count == 10)
        #expect(try await store.reserve(.example(4), at: .at(-1_000)))
        #expect(try await store.reserve(.example(5), at: .at(4)) == false)
    }

    @Test("removes events older than their retention, but not those exactly as old")
    func events() async throws {
        try await fill(reservations: 0..<0, events: 0..<10)
        #expect(try await store.purge(at: .at(104), atMost: 100) == 4)
        #expect(try await store.newestEvents(100).map(\.provider) == ["4", "5", "6", "7", "8", "9"])
    }

    @Test("keeps an event written by a clock that was behind for the retention, by the store's time")
    func eventsOfClockBehind() async throws {
        _ = try await store.believedTime(at: .at(10_000))
        for second: Double in [-1e9, 6_399, 6_400, 10_000] {
            try await store.append(.example("\(Int(second))", began: .at(second)))
        }
        // The third is at most an hour behind, and keeps its own time.
        #expect(try await store.purge(at: .at(10_100), atMost: 100) == 1)
        #expect(try await store.newestEvents(100).map(\.provider) == ["-1000000000", "6399", "10000"])
        #expect(try await store.purge(at: .at(10_101), atMost: 100) == 3)
    }

    @Test("keeps an event written by a clock that was behind and that the store followed")
    func eventsOfFollowedClock() async throws {
        for second in [0, -100 * 86_400.0] { _ = try await store.believedTime(at: .at(second)) }
        try await store.append(.example("behind", began: .at(-100 * 86_400)))
        for hours in 0...24 { _ = try await store.believedTime(at: .at(60 + Double(hours) * 3_600)) }
        #expect(try await store.purge(at: .at(100), atMost: 100) == 0)
        #expect(try await store.purge(at: .at(101), atMost: 100) == 1)
    }

    @Test("removes the oldest first, by time and not by the order of writing")
    func order() async throws {
        for number in [7, 3, 9, 1, 5] {
            try await store.append(.example("\(number)", began: .at(Double(number))))
            _ = try await store.reserve(.example(number, until: Double(number)), at: .at(-1_000))
        }
        #expect(try await store.purge(at: .at(1_000), atMost: 4) == 4)
        #expect(try await store.newestEvents(100).map(\.provider) == ["7", "9", "5"])
        #expect(try await expiries() == [5, 7, 9])
    }

    @Test(
        "removes as many as requested, half of each kind, or more of one if the other has less",
        arguments: [
            (reservations: 10, events: 10, count: 7, leaves: (6, 7)),
            (reservations: 10, events: 1, count: 7, leaves: (4, 0)),
            (reservations: 1, events: 10, count: 7, leaves: (0, 4)),
            (reservations: 3, events: 3, count: 7, leaves: (0, 0)),
            (reservations: 3, events: 3, count: 1, leaves: (2, 3)),
            (reservations: 0, events: 3, count: 1, leaves: (0, 2)),
            (reservations: 3, events: 3, count: 0, leaves: (3, 3)),
            (reservations: 3, events: 3, count: -1, leaves: (3, 3)),
        ])
    func share(_ scene: (reservations: Int, events: Int, count: Int, leaves: (Int, Int))) async throws {
        try await fill(reservations: 0..<scene.reservations, events: 0..<scene.events)
        let purged = try await store.purge(at: .at(1_000), atMost: scene.count)
        #expect(purged == scene.reservations + scene.events - scene.leaves.0 - scene.leaves.1)
        #expect(try await expiries().count == scene.leaves.0)
        #expect(try await store.newestEvents(100).count == scene.leaves.1)
    }

    @Test(
        "divides its count among reservations, events and records, and passes on what one does not use",
        arguments: [
            (old: (10, 10, 10), count: 9, leaves: (7, 7, 7)), (old: (10, 10, 10), count: 7, leaves: (7, 8, 8)),
            (old: (10, 1, 10), count: 9, leaves: (6, 0, 6)), (old: (0, 0, 10), count: 9, leaves: (0, 0, 1)),
            (old: (1, 10, 2), count: 9, leaves: (0, 4, 0)), (old: (2, 2, 2), count: 1, leaves: (1, 2, 2)),
            (old: (2, 2, 2), count: 9, leaves: (0, 0, 0)),
        ])
    func threeKinds(_ scene: (old: (Int, Int, Int), count: Int, leaves: (Int, Int, Int))) async throws {
        try await fill(reservations: 0..<scene.old.0, events: 0..<scene.old.1)
        for number in 0..<scene.old.2 {
            let signIn = SignIn.example(putting: [.fresh(until: Double(number))])
            _ = try await store.signIn(signIn, spending: nil, recording: .example(began: .at(1_000)))
        }
        let old = scene.old.0 + scene.old.1 + scene.old.2
        let left = scene.leaves.0 + scene.leaves.1 + scene.leaves.2
        #expect(try await store.purge(at: .at(1_000), atMost: scene.count) == old - left)
        #expect(try await expiries().count == scene.leaves.0)
        #expect(try await store.newestEvents(100).count == scene.leaves.1 + scene.old.2)
        #expect(try await store.number("SELECT COUNT(*) FROM stored_record") == scene.leaves.2)
    }

    @Test("of many entries works in pieces, so that logins can run in between")
    func pieces() async throws {
        try await store.execute(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500)
            INSERT INTO reservation (key, login, expiry, is_spent) SELECT n, '', n, 0 FROM number
            """)
        let commits = CommitCounter(of: store)
        #expect(try await store.purge(at: .at(0), atMost: 2_400) == 2_400)
        #expect(commits.count == 5)
        #expect(try await store.purge(at: .at(0), atMost: .max) == 100)
        #expect(try await store.number("SELECT COUNT(*) FROM reservation") == 0)
    }
}
