import Foundation
import IdentityBroker

/// What a store knows, as plainly as it can be said.
struct NaiveLedger: Sendable {
    struct Hold: Sendable {
        var login: UUID
        var expiry: Date
        var isSpent = false
    }

    var holds: [OneTimeKey: Hold] = [:]
    var events: [AuditEvent] = []

    mutating func reserve(_ reservation: OneTimeReservation, at now: Date) -> Bool {
        if let hold = holds[reservation.key], hold.expiry > now { return false }
        holds[reservation.key] = Hold(login: reservation.login, expiry: reservation.expiry)
        return true
    }

    mutating func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) {
        guard let hold = holds[reservation.key], hold.login == reservation.login, !hold.isSpent else { return }
        switch outcome {
        case .spent: holds[reservation.key]?.isSpent = true
        case .released: holds[reservation.key] = nil
        }
    }

    mutating func purge(at now: Date, atMost count: Int) -> Int {
        let expired = holds.filter { $0.value.expiry <= now }.sorted { $0.value.expiry < $1.value.expiry }
        let purged = expired.prefix(max(0, count))
        for (key, _) in purged { holds[key] = nil }
        return purged.count
    }
}
