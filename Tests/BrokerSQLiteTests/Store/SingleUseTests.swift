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

    @Test("gives a credential to the first who asks, and to nobody else, the same login included")
    func once() async throws {
        let first = OneTimeReservation.example()
        #expect(try await store.reserve(first, at: .at(0)))
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        #expect(try await store.reserve(first, at: .at(0)) == false)
        #expect(try await store.reserve(.example(1), at: .at(0)))
    }

    @Test("gives a released credential to the next, and a spent one to nobody")
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

    @Test("lets no late release undo the reservation of another login, and records the late one all the same")
    func lateRelease() async throws {
        let (late, present) = (OneTimeReservation.example(until: 5), OneTimeReservation.example(until: 20))
        #expect(try await store.reserve(late, at: .at(0)))
        #expect(try await store.reserve(present, at: .at(6)))
        let event = AuditEvent.example(login: late.login)
        try await store.conclude(late, as: .released, recording: event)
        #expect(try await store.reserve(.example(), at: .at(6)) == false)
        #expect(try await store.newestEvents(10) == [event])
    }

    @Test("remembers a credential until its expiry, and not a moment longer", arguments: [OneTimeOutcome.spent, nil])
    func expiry(_ outcome: OneTimeOutcome?) async throws {
        let reservation = OneTimeReservation.example(until: 10)
        #expect(try await store.reserve(reservation, at: .at(0)))
        if let outcome { try await store.conclude(reservation, as: outcome, recording: .example()) }
        #expect(try await store.reserve(.example(), at: .at(10).addingTimeInterval(-0.000_001)) == false)
        #expect(try await store.reserve(.example(until: 20), at: .at(10)))
        #expect(try await store.reserve(.example(until: 30), at: .at(15)) == false)
    }

    // Whoever takes a credential over from an expired login must be able to release it.
    @Test("forgets that a credential was spent when somebody else gets it")
    func takenOver() async throws {
        let (first, second) = (OneTimeReservation.example(until: 5), OneTimeReservation.example(until: 20))
        #expect(try await store.reserve(first, at: .at(0)))
        try await store.conclude(first, as: .spent, recording: .example())
        #expect(try await store.reserve(second, at: .at(6)))
        try await store.conclude(second, as: .released, recording: .example())
        #expect(try await store.reserve(.example(until: 20), at: .at(6)))
    }

    @Test("takes the time from its caller, not from the computer", arguments: [-1e9, 1e9])
    func callersClock(_ offset: Double) async throws {
        #expect(try await store.reserve(.example(until: offset + 10), at: .at(offset)))
        #expect(try await store.reserve(.example(until: offset + 20), at: .at(offset + 9)) == false)
        #expect(try await store.reserve(.example(until: offset + 20), at: .at(offset + 10)))
    }

    @Test("takes dates that no clock shows")
    func extremeDates() async throws {
        let forEver = OneTimeReservation(key: .example(), login: UUID(), expiry: .distantFuture)
        #expect(try await store.reserve(forEver, at: .distantPast))
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        #expect(try await store.purge(at: .at(0), atMost: 10) == 0)
        #expect(try await store.purge(at: .distantFuture, atMost: 10) == 1)
    }
}
