import Foundation

/// The rules of single use as a value: who holds what until when, within a bound.
struct OneTimeLedger: Sendable {
    enum Answer: Sendable, Equatable {
        case reserved
        case presentedBefore
        case full
    }

    private struct Hold: Sendable {
        let login: UUID
        let expiry: Date
        var isSpent = false
    }

    private let capacity: Int
    private var holds: [OneTimeKey: Hold] = [:]
    private var expiries = ExpiryQueue<OneTimeKey>()

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { holds.count }

    /// Whether a credential was presented before.
    func holds(_ key: OneTimeKey) -> Bool { holds[key] != nil }

    func hasRoom(for count: Int) -> Bool { holds.count <= capacity - count }

    /// - Parameter expiry: When it expires at the earliest; nil for what the reservation says.
    mutating func reserve(_ reservation: OneTimeReservation, until expiry: Date? = nil) -> Answer {
        guard holds[reservation.key] == nil else { return .presentedBefore }
        guard holds.count < capacity else { return .full }
        clearOutReleased()
        let expiry = expiry ?? reservation.expiry
        holds[reservation.key] = Hold(login: reservation.login, expiry: expiry)
        expiries.insert(reservation.key, at: expiry)
        return .reserved
    }

    mutating func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) {
        guard let hold = holds[reservation.key], hold.login == reservation.login, !hold.isSpent else { return }
        switch outcome {
        case .spent: holds[reservation.key]?.isSpent = true
        case .released: holds[reservation.key] = nil
        }
    }

    /// Removes at most this many expired holds, and returns how many it removed.
    mutating func purge(at now: Date, atMost count: Int) -> Int {
        var purged = 0
        while purged < count, let (key, expiry) = expiries.popFirst(notAfter: now) {
            // A key that was released and reserved again is queued twice; only the entry of its current hold counts.
            guard holds[key]?.expiry == expiry else { continue }
            holds[key] = nil
            purged += 1
        }
        return purged
    }

    /// Released keys leave entries behind; otherwise a flood of releases would outgrow the bound on holds.
    private mutating func clearOutReleased() {
        guard expiries.count - capacity > capacity else { return }
        expiries = ExpiryQueue(holds.map { ($0.key, $0.value.expiry) })
    }
}
