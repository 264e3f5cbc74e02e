import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A store whose files SQLite has shortened", .timeLimit(.minutes(5)))
struct ShorterFileTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A store that once had more content.
    private func makeStore() async throws -> SQLiteStore {
        let store = try SQLiteStore.impatient(at: directory.database)
        for number in 0..<300 { try await store.append(.example("provider-\(number)")) }
        try await store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return store
    }

    /// Does what an operator does in SQLite's shell.
    private func shell(_ sql: String) throws {
        let shell = try DatabaseQueue(path: directory.database)
        try shell.inDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0; \(sql)") }
        try shell.close()
    }

    private static let vacuum = "DELETE FROM audit_event; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"

    @Test("continues after VACUUM if new pages are only in the log")
    func vacuum() async throws {
        let store = try await makeStore()
        let before = try directory.content(of: "broker.sqlite").count
        try shell(
            """
            \(Self.vacuum)
            INSERT INTO audit_event (login, began, duration, provider, credential_kind, credential, notices)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
            SELECT 'login', i, 0, 'provider', 'ticket', 'spent', hex(zeroblob(500)) FROM n;
            """)
        let length = try directory.content(of: "broker.sqlite").count
        #expect(length < before)
        #expect(try await store.number("PRAGMA page_count") ?? 0 > length / 4_096)
        for number in 0..<3 { #expect(try await store.reserve(.example(number), at: .at(0))) }
        try await store.close()
        let reopened = try SQLiteStore(path: directory.database)
        #expect(try await reopened.reserve(.example(0), at: .at(0)) == false)
        #expect(try await reopened.number("SELECT COUNT(*) FROM audit_event") == 100)
    }

    @Test("checks its log for completeness without changing anything")
    func readOnly() async throws {
        let store = try await makeStore()
        for number in 0..<20 { try #require(try await store.reserve(.example(number), at: .at(0))) }
        let length = try directory.content(of: "broker.sqlite-wal").count
        try shell("PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM reservation WHERE id = 1;")
        let database = try directory.content(of: "broker.sqlite")
        #expect(try directory.content(of: "broker.sqlite-wal").count < length)
        #expect(try await store.reserve(.example(20), at: .at(0)))
        #expect(try directory.content(of: "broker.sqlite") == database)
        #expect(try await store.reserve(.example(0), at: .at(0)))
        #expect(try await store.reserve(.example(1), at: .at(0)) == false)
    }

    @Test("reports that it is locked, and continues afterwards")
    func locked() async throws {
        let store = try await makeStore()
        try shell(Self.vacuum)
        let lock = try HeldLock(on: directory.database)
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(0), at: .at(0))
        }
        #expect(failure?.reason == .locked)
        try lock.release()
        #expect(try await store.reserve(.example(0), at: .at(0)))
    }

    @Test("closes them at its end, whether or not the lock is held", arguments: [true, false])
    func closing(isLocked: Bool) async throws {
        let store = try await makeStore()
        try shell(Self.vacuum)
        let lock = isLocked ? try HeldLock(on: directory.database) : nil
        try await store.close()
        // SQLite keeps files open as long as another connection of the process has a lock.
        if !isLocked { #expect(directory.openFiles ?? [] == []) }
        try lock?.release()
        let reopened = try SQLiteStore(path: directory.database)
        #expect(try await reopened.reserve(.example(0), at: .at(0)))
    }

    @Test("is not called truncated if the log may hold the missing pages: SQLite itself detects a real loss")
    func uncertain() async throws {
        let store = try await makeStore()
        for number in 0..<20 { try #require(try await store.reserve(.example(number), at: .at(0))) }
        let length = try directory.content(of: "broker.sqlite").count
        try directory.truncate("broker.sqlite", to: UInt64(length - 4_096))
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(20), at: .at(0))
        }
        #expect(failure == nil || failure?.reason == .corrupt)
    }
}
