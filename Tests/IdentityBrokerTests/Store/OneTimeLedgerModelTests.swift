import Foundation
import Testing

@testable import IdentityBroker

@Suite("The ledger of single use, compared with a naive one")
struct OneTimeLedgerModelTests {
    private enum Step: CaseIterable {
        case reserveAsFirst, reserveAsSecond, reserveAnother
        case spendAsFirst, spendAsSecond, releaseAsFirst, releaseAsSecond, releaseAnother
        case purge, clockOn, clockBack
    }

    /// Both ledgers at one point of a sequence, and their clock.
    private struct World {
        private static let (first, second, third) = (UUID(), UUID(), UUID())
        private static let (key, anotherKey) = (OneTimeKey.example("one"), OneTimeKey.example("another"))

        var ledger: OneTimeLedger
        var naive: NaiveLedger
        private var time = 0.0

        init(capacity: Int) {
            ledger = OneTimeLedger(capacity: capacity)
            naive = NaiveLedger(capacity: capacity)
        }

        /// Takes a step in both, and returns whether they did the same.
        mutating func take(_ step: Step) -> Bool {
            switch step {
            case .reserveAsFirst: return reserve(Self.key, Self.first)
            case .reserveAsSecond: return reserve(Self.key, Self.second)
            case .reserveAnother: return reserve(Self.anotherKey, Self.third)
            case .spendAsFirst: settle(Self.key, Self.first, .spent)
            case .spendAsSecond: settle(Self.key, Self.second, .spent)
            case .releaseAsFirst: settle(Self.key, Self.first, .released)
            case .releaseAsSecond: settle(Self.key, Self.second, .released)
            case .releaseAnother: settle(Self.anotherKey, Self.third, .released)
            case .purge: return ledger.purge(at: .at(time), atMost: .max) == naive.purge(at: .at(time))
            case .clockOn: time += 1
            case .clockBack: time -= 1
            }
            return ledger.count == naive.count
        }

        private mutating func reserve(_ key: OneTimeKey, _ login: UUID) -> Bool {
            let reservation = OneTimeReservation(key: key, login: login, expiry: .at(time + 2))
            return ledger.reserve(reservation) == naive.reserve(reservation)
                && ledger.count == naive.count
        }

        private mutating func settle(_ key: OneTimeKey, _ login: UUID, _ outcome: OneTimeOutcome) {
            let reservation = OneTimeReservation(key: key, login: login, expiry: .at(time + 2))
            ledger.settle(reservation, as: outcome)
            naive.settle(reservation, as: outcome)
        }
    }

    @Test("agrees in every sequence of five steps", arguments: [1, 2])
    func sequences(capacity: Int) {
        var disagreements: [[Step]] = []
        var visited = 0
        func walk(_ world: World, after steps: [Step]) {
            guard steps.count < 5 else { return }
            for step in Step.allCases {
                var next = world
                visited += 1
                if next.take(step) { walk(next, after: steps + [step]) } else { disagreements.append(steps + [step]) }
            }
        }
        walk(World(capacity: capacity), after: [])
        #expect(disagreements.isEmpty)
        #expect(visited == 177_155)
    }
}
