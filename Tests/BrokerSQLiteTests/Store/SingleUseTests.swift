import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Single use in SQLite", .timeLimit(.minutes(15)))
struct SingleUseTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database)
    }

    @Test("gives a credential to the first caller only, even within the same login")
    func once() async throws {
        let first = OneTimeReservation.example()
        #expect(try await store.reserve(first, at: .at(0)))
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        #expect(try await store.reserve(first, at: .at(0)) == false)
        #expect(try await store.reserve(.example(1), at: .at(0)))
    }

    @Test("gives a released credential to the next caller, and a spent one to no one")
    func settling() async throws {
        let (first, second) = (OneTimeReservation.example(), OneTimeReservation.example())
        #expect(try await store.reserve(first, at: .at(0)))
        try await store.conclude(first, as: .released, recording: .example())
        #expect(try await store.reserve(second, at: .at(0)))
        try await store.conclude(second, as: .spent, recording: .example())
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
    }

    @Test("releases nothing that was spent")
    func spentForGood() async throws {
        let reservation = OneTimeReservation.example()
        #expect(try await store.reserve(reservation, at: .at(0)))
        try await store.conclude(reservation, as: .spent, recording: .example())
        try await store.conclude(reservation, as: .released, recording: .example())
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
    }

    @Test("does not let a late release undo another login's reservation, but records it")
    func lateRelease() async throws {
        let (late, present) = (OneTimeReservation.example(until: 5), OneTimeReservation.example(until: 20))
        #expect(try await store.reserve(late, at: .at(0)))
        #expect(try await store.purge(at: .at(6), atMost: 10) == 1)
        #expect(try await store.reserve(present, at: .at(6)))
        let event = AuditEvent.example(login: late.login)
        try await store.conclude(late, as: .released, recording: event)
        #expect(try await store.reserve(.example(), at: .at(6)) == false)
        #expect(try await store.newestEvents(10) == [event])
    }

    @Test("remembers a credential until a purge at its expiry", arguments: [OneTimeOutcome.spent, nil])
    func expiry(_ outcome: OneTimeOutcome?) async throws {
        let reservation = OneTimeReservation.example(until: 10)
        #expect(try await store.reserve(reservation, at: .at(0)))
        if let outcome { try await store.conclude(reservation, as: outcome, recording: .example()) }
        #expect(try await store.reserve(.example(until: 1e9), at: .at(1e9 - 10)) == false)
        #expect(try await store.purge(at: .at(10).addingTimeInterval(-0.000_001), atMost: 10) == 0)
        #expect(try await store.purge(at: .at(10), atMost: 10) == 1)
        let next = OneTimeReservation.example(until: 20)
        #expect(try await store.reserve(next, at: .at(10)))
        try await store.conclude(next, as: .released, recording: .example())
        #expect(try await store.reserve(.example(until: 20), at: .at(10)))
    }

    @Test("uses its caller's time, not the computer's", arguments: [-1e9, 1e9])
    func callersClock(_ offset: Double) async throws {
        #expect(try await store.reserve(.example(until: offset + 10), at: .at(offset)))
        #expect(try await store.purge(at: .at(offset + 9), atMost: 10) == 0)
        #expect(try await store.purge(at: .at(offset + 10), atMost: 10) == 1)
    }

    @Test("keeps a reservation by its own time, however far from the caller's", arguments: [-1e9, 1e9])
    func storesClock(_ offset: Double) async throws {
        #expect(try await store.believedTime(at: .at(0)) == .at(0))
        #expect(try await store.reserve(.example(until: offset + 10), at: .at(offset)))
        #expect(try await store.purge(at: .at(max(offset, 0) + 9), atMost: 10) == 0)
        #expect(try await store.purge(at: .at(max(offset, 0) + 10), atMost: 10) == 1)
    }

    @Test("begins with the oldest event if its time was never requested")
    func oldestEvent() async throws {
        for second in [5.0, 3, 1e9] { try await store.append(.example(began: .at(second))) }
        #expect(try await store.believedTime(at: .at(1e9)) == .at(3))
    }

    @Test("keeps any reservation whatever its own time is", arguments: [Date.distantPast, .at(0), .distantFuture])
    func extremeTimes(_ time: Date) async throws {
        _ = try await store.believedTime(at: time)
        #expect(try await store.reserve(.example(1, until: 1e9), at: .distantPast))
        let forEver = OneTimeReservation(key: .example(2), login: UUID(), expiry: .distantFuture)
        #expect(try await store.reserve(forEver, at: .at(0)))
        #expect(try await store.reserve(.example(1, until: 1e9), at: .distantPast) == false)
        #expect(try await store.purge(at: .at(1e9 - 1), atMost: 10) == 0)
        #expect(try await store.purge(at: .distantFuture, atMost: 10) == 2)
    }

    @Test("accepts dates that no clock shows")
    func extremeDates() async throws {
        let forEver = OneTimeReservation(key: .example(), login: UUID(), expiry: .distantFuture)
        #expect(try await store.reserve(forEver, at: .distantPast))
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        #expect(try await store.purge(at: .at(0), atMost: 10) == 0)
        #expect(try await store.purge(at: .distantFuture, atMost: 10) == 1)
    }
}
