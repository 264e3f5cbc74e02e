import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("An answered call", .timeLimit(.minutes(15)))
struct DurabilityTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test("is stored after a restart")
    func restart() async throws {
        let (spent, released) = (OneTimeReservation.example(0), OneTimeReservation.example(1))
        let events = [AuditEvent.example("first"), .example("second"), .example("third")]
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.reserve(spent, at: .at(0)))
        #expect(try await store.reserve(released, at: .at(0)))
        try await store.conclude(spent, as: .spent, recording: events[0])
        try await store.conclude(released, as: .released, recording: events[1])
        try await store.append(events[2])
        try await store.close()

        let restarted = try SQLiteStore(path: directory.database)
        #expect(try await restarted.reserve(.example(0), at: .at(0)) == false)
        #expect(try await restarted.reserve(.example(1), at: .at(0)))
        #expect(try await restarted.newestEvents(10) == events)
    }

    @Test("is stored even if the process is killed at the next instruction")
    func killed() async throws {
        let path = directory.database
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try SQLiteStore(path: path)
            let reservation = OneTimeReservation.example(0)
            try #require(try await store.reserve(reservation, at: .at(0)))
            try await store.conclude(reservation, as: .released, recording: .example("concluded"))
            try await store.append(.example("appended"))
            try #require(try await store.reserve(.example(1), at: .at(0)))
            kill(getpid(), SIGKILL)
        }
        let store = try SQLiteStore(path: path)
        #expect(try await store.newestEvents(10).map(\.provider) == ["concluded", "appended"])
        #expect(try await store.reserve(.example(0), at: .at(0)))
        #expect(try await store.reserve(.example(1), at: .at(0)) == false)
    }

    @Test("is visible to other stores on the file, and stays when one of them is closed")
    func shared() async throws {
        let stores = [try SQLiteStore(path: directory.database), try SQLiteStore(path: directory.database)]
        #expect(try await stores[0].reserve(.example(0), at: .at(0)))
        try await stores[1].append(.example())
        try await stores[0].close()
        #expect(try await stores[1].reserve(.example(0), at: .at(0)) == false)
        #expect(try await stores[1].reserve(.example(1), at: .at(0)))
        let third = try SQLiteStore(path: directory.database)
        #expect(try await third.reserve(.example(1), at: .at(0)) == false)
        #expect(try await third.newestEvents(10).count == 1)
    }

    @Test("was synchronized to disk, by a write-ahead log")
    func settings() async throws {
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.connection.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try await store.number("PRAGMA synchronous") == 2)
    }

    @Test("stored both the event and the verdict, or neither")
    func together() async throws {
        let store = try SQLiteStore(path: directory.database)
        let reservation = OneTimeReservation.example()
        #expect(try await store.reserve(reservation, at: .at(0)))
        try await store.execute(
            "CREATE TEMP TRIGGER refusal BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'no'); END")
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.conclude(reservation, as: .released, recording: .example())
        }
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        try await store.execute("DROP TRIGGER refusal")
        try await store.conclude(reservation, as: .released, recording: .example())
        #expect(try await store.newestEvents(10).count == 1)
        #expect(try await store.reserve(.example(), at: .at(0)))
    }
}
