import Foundation

@testable import IdentityBroker

/// Single use in its plainest form: a list of holds, searched from end to end.
struct NaiveLedger {
    private struct Hold {
        let reservation: OneTimeReservation
        var isSpent = false
    }

    let capacity: Int
    private var holds: [Hold] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { holds.count }

    mutating func purge(at now: Date) -> Int {
        let before = holds.count
        holds.removeAll { $0.reservation.expiry <= now }
        return before - holds.count
    }

    mutating func reserve(_ reservation: OneTimeReservation) -> OneTimeLedger.Answer {
        if holds.contains(where: { $0.reservation.key == reservation.key }) { return .presentedBefore }
        if holds.count == capacity { return .full }
        holds.append(Hold(reservation: reservation))
        return .reserved
    }

    mutating func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) {
        for index in holds.indices
        where holds[index].reservation.key == reservation.key && holds[index].reservation.login == reservation.login {
            if outcome == .spent { holds[index].isSpent = true }
        }
        guard outcome == .released else { return }
        holds.removeAll {
            $0.reservation.key == reservation.key && $0.reservation.login == reservation.login && !$0.isSpent
        }
    }
}
