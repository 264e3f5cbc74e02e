import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A store whose files are truncated", .timeLimit(.minutes(5)))
struct TruncationTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A store with a ticket in it, whose database file has all pages.
    private func makeStore() async throws -> SQLiteStore {
        let store = try SQLiteStore.impatient(at: directory.database)
        try #require(try await store.reserve(.example(0), at: .at(0)))
        try await store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return store
    }

    private func expectRefusal(by store: SQLiteStore, of name: String) async {
        for _ in 1...2 {
            let failure = await store.failure { store throws(StoreFailure) in
                try await store.reserve(.example(1), at: .at(0))
            }
            #expect(failure?.reason == .replaced)
            #expect(failure?.mayHaveHappened == false)
            let message = failure?.message ?? ""
            #expect(message.contains("\(directory.file(name)) was truncated"), "\(message)")
        }
    }

    @Test(
        "refuses everything once its database is empty or shorter, and changes nothing", arguments: [0, 4_096, 8_192])
    func database(length: UInt64) async throws {
        let store = try await makeStore()
        try #require(try await store.reserve(.example(2), at: .at(0)))
        try directory.truncate("broker.sqlite", to: length)
        await expectRefusal(by: store, of: "broker.sqlite")
        #expect(try Data(contentsOf: URL(filePath: directory.database)).count == Int(length))
        // The log remains, so that the next start does not create a new store.
        let log = try directory.content(of: "broker.sqlite-wal")
        try await store.close()
        #expect(directory.openFiles ?? [] == [])
        #expect(try directory.content(of: "broker.sqlite").count == Int(length))
        #expect(!log.isEmpty)
        #expect(try directory.content(of: "broker.sqlite-wal") == log)
        guard length == 0 else { return }
        let refusal = #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: directory.database) }
        #expect(refusal?.kind == .misconfigured)
        #expect(refusal?.message.contains("shows that it was in use") == true)
    }

    @Test("refuses everything once its database is empty, even if nothing was written since it was opened")
    func idle() async throws {
        try await makeStore().close()
        let store = try SQLiteStore.impatient(at: directory.database)
        try directory.truncate("broker.sqlite", to: 0)
        await expectRefusal(by: store, of: "broker.sqlite")
        #expect(try Data(contentsOf: URL(filePath: directory.database)).isEmpty)
        try await store.close()
        #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: directory.database) }
    }

    @Test("refuses everything once its log is empty or shorter", arguments: [0, 5_000])
    func log(length: UInt64) async throws {
        let store = try await makeStore()
        for number in 2..<6 { try #require(try await store.reserve(.example(number), at: .at(0))) }
        try directory.truncate("broker.sqlite-wal", to: length)
        await expectRefusal(by: store, of: "broker.sqlite-wal")
        #expect(try directory.content(of: "broker.sqlite-wal").count == Int(length))
        try await store.close()
        #expect(try directory.content(of: "broker.sqlite-wal").count == Int(length))
    }

    @Test("leaves a truncated index to the next opening, and survives")
    func indexAtClose() async throws {
        let store = try await makeStore()
        try #require(try await store.reserve(.example(2), at: .at(0)))
        try directory.truncate("broker.sqlite-shm", to: 0)
        try await store.close()
        let reopened = try SQLiteStore(path: directory.database)
        #expect(try await reopened.reserve(.example(2), at: .at(0)) == false)
    }

    @Test("refuses everything, and survives, while its log's index is shorter or gone")
    func index() async throws {
        let store = try await makeStore()
        let (file, away) = (directory.file("broker.sqlite-shm"), directory.file("away"))
        let size = try Data(contentsOf: URL(filePath: file)).count
        try directory.truncate("broker.sqlite-shm", to: 0)
        await expectRefusal(by: store, of: "broker.sqlite-shm")
        // Missing parts of the index are rebuilt from the log.
        try directory.truncate("broker.sqlite-shm", to: UInt64(size))
        #expect(try await store.reserve(.example(1), at: .at(0)))
        try FileManager.default.moveItem(atPath: file, toPath: away)
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(2), at: .at(0))
        }
        #expect(failure?.reason == .replaced)
        try FileManager.default.moveItem(atPath: away, toPath: file)
        #expect(try await store.reserve(.example(2), at: .at(0)))
        try await store.close()
    }

    @Test("continues after VACUUM and checkpoints by SQLite's shell")
    func shell() async throws {
        let store = try await makeStore()
        for number in 0..<300 { try await store.append(.example("provider-\(number)")) }
        try await store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let before = try Data(contentsOf: URL(filePath: directory.database)).count
        let shell = try DatabaseQueue(path: directory.database)
        try await shell.writeWithoutTransaction {
            try $0.execute(sql: "DELETE FROM audit_event; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        #expect(try Data(contentsOf: URL(filePath: directory.database)).count < before)
        #expect(try await store.reserve(.example(1), at: .at(0)))
        try await shell.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        #expect(try await store.reserve(.example(1), at: .at(0)) == false)
        #expect(try await store.reserve(.example(2), at: .at(0)))
        try shell.close()
        try await store.close()
        let reopened = try SQLiteStore(path: directory.database)
        for number in 0...2 { #expect(try await reopened.reserve(.example(number), at: .at(0)) == false) }
    }

    @Test(
        "does not start from scratch if a log or its index shows earlier contents", arguments: ["-wal", "-shm"],
        [true, false])
    func traces(suffix: String, isEmpty: Bool) async throws {
        try await makeStore().close()
        let trace = directory.file("broker.sqlite\(suffix)")
        try Data("trace".utf8).write(to: URL(filePath: trace))
        if isEmpty {
            try directory.truncate("broker.sqlite", to: 0)
        } else {
            try FileManager.default.removeItem(atPath: directory.database)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        let refusals = [
            #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: directory.database) },
            #expect(throws: BrokerError.self) { try DatabaseFile.inspect(path: directory.database) },
        ]
        for refusal in refusals {
            #expect(refusal?.kind == .misconfigured)
            #expect(refusal?.message.contains(trace) == true)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == names)
        #expect(try Data(contentsOf: URL(filePath: trace)) == Data("trace".utf8))
        try FileManager.default.removeItem(atPath: trace)
        try await SQLiteStore(path: directory.database).close()
    }

    @Test("is new if nothing exists, and the log says so once")
    func new() async throws {
        for expected in [["a new store was made"], []] {
            let log = WarningLog()
            try await SQLiteStore(path: directory.database, logger: log.logger).close()
            #expect(log.notices == expected)
            #expect(log.count == 0)
        }
    }
}
