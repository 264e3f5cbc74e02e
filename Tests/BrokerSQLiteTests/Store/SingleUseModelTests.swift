import BrokerTesting
import Foundation
import Testing

@testable import BrokerSQLite
@testable import IdentityBroker

@Suite("Single use in SQLite, against the core's ledger", .timeLimit(.minutes(15)))
struct SingleUseModelTests {
    enum Step: CaseIterable {
        case reserveAsFirst, reserveAsSecond, spendAsFirst, spendAsSecond, releaseAsFirst, releaseAsSecond
        case reserveAnother, releaseAnother
        case purge, clockOn, clockBack
    }

    /// One sequence of steps, taken in the store and in a ledger, with its own keys and period of time.
    private struct Walk {
        let number: Int
        let store: SQLiteStore
        private let first = UUID()
        private let second = UUID()
        private let third = UUID()
        private var ledger = OneTimeLedger(capacity: 10)
        private var time: Double

        init(number: Int, store: SQLiteStore) {
            self.number = number
            self.store = store
            time = Double(number) * 1_000
        }

        /// Takes the steps, asks for both keys once more, and returns whether all answers were the same.
        mutating func take(_ steps: [Step]) async throws -> Bool {
            for step in steps {
                guard try await take(step) else { return false }
            }
            let agreesOnFirst = try await reserve(2 * number, UUID())
            let agreesOnSecond = try await reserve(2 * number + 1, UUID())
            return agreesOnFirst && agreesOnSecond
        }

        private mutating func take(_ step: Step) async throws -> Bool {
            switch step {
            case .reserveAsFirst: return try await reserve(2 * number, first)
            case .reserveAsSecond: return try await reserve(2 * number, second)
            case .reserveAnother: return try await reserve(2 * number + 1, third)
            case .spendAsFirst: try await settle(2 * number, first, .spent)
            case .spendAsSecond: try await settle(2 * number, second, .spent)
            case .releaseAsFirst: try await settle(2 * number, first, .released)
            case .releaseAsSecond: try await settle(2 * number, second, .released)
            case .releaseAnother: try await settle(2 * number + 1, third, .released)
            case .purge:
                _ = try await store.purge(at: .at(time), atMost: 1_000)
                _ = ledger.purge(at: .at(time), atMost: 1_000)
            case .clockOn: time += 1
            case .clockBack: time -= 1
            }
            return true
        }

        private mutating func reserve(_ key: Int, _ login: UUID) async throws -> Bool {
            let reservation = OneTimeReservation.example(key, login: login, until: time + 2)
            let answer = try await store.reserve(reservation, at: .at(time))
            return ledger.reserve(reservation) == (answer ? .reserved : .presentedBefore)
        }

        private mutating func settle(_ key: Int, _ login: UUID, _ outcome: OneTimeOutcome) async throws {
            let reservation = OneTimeReservation.example(key, login: login, until: time + 2)
            try await store.conclude(reservation, as: outcome, recording: .example())
            ledger.settle(reservation, as: outcome)
        }
    }

    @Test("agrees in every sequence of four steps that begins with a reservation")
    func sequences() async throws {
        let steps = Step.allCases
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        // Only answers are compared, which are the same without syncing to disk, but faster.
        try await store.execute("PRAGMA synchronous = OFF")
        var disagreements: [[Step]] = []
        var number = 0
        for first in steps.prefix(2) {
            for second in steps {
                for third in steps {
                    for fourth in steps {
                        let sequence = [first, second, third, fourth]
                        var walk = Walk(number: number, store: store)
                        if try await !walk.take(sequence) { disagreements.append(sequence) }
                        number += 1
                    }
                }
            }
        }
        #expect(disagreements.isEmpty)
        #expect(number == 2 * steps.count * steps.count * steps.count)
    }
}
