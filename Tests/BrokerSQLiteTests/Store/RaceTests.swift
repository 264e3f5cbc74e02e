import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A race for credentials", .timeLimit(.minutes(15)))
struct RaceTests {
    @Test("of a thousand callers has one winner")
    func callers() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<1_000 {
                group.addTask { try await store.reserve(.example(), at: .at(0)) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("of two stores on one file has one winner each")
    func stores() async throws {
        let directory = try TemporaryDirectory()
        let stores = [try SQLiteStore(path: directory.database), try SQLiteStore(path: directory.database)]
        let winners = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<100 {
                for store in stores {
                    group.addTask { try await store.reserve(.example(number), at: .at(0)) ? number : nil }
                }
            }
            return try await group.reduce(into: []) { winners, winner in winners += winner.map { [$0] } ?? [] }
        }
        #expect(winners.sorted() == Array(0..<100))
    }

    @Test("of ten processes that start without a file has one winner each")
    func processes() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.database
        await withTaskGroup { group in
            for _ in 0..<10 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        // Generous for a busy machine: each store waits for the other nine.
                        let limits = WriterLimits(busyTimeout: .seconds(300), patience: .seconds(600))
                        let store = try SQLiteStore(path: path, openingTimeout: .seconds(300), limits: limits)
                        for number in 0..<50 {
                            let reservation = OneTimeReservation.example(number)
                            guard try await store.reserve(reservation, at: .at(0)) else { continue }
                            try await store.conclude(reservation, as: .spent, recording: .example("\(number)"))
                        }
                        try await store.close()
                    }
                }
            }
        }
        let events = try await SQLiteStore(path: path).newestEvents(1_000)
        #expect(events.map(\.provider).sorted() == (0..<50).map(String.init).sorted())
    }
}
