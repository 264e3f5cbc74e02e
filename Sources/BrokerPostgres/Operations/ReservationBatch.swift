import IdentityBroker

import Foundation

/// Reservations that are sent to the server together. If several callers want one credential, the first asks for all: a
/// refusal applies to each, and only the first gets what is granted.
struct ReservationBatch: Sendable {
    struct Request: Sendable {
        let reservation: OneTimeReservation
        let now: Date
        let answer: StoreOperation.Answer<Bool>
    }

    private(set) var requests: [Request] = []
    /// The request that asks for each credential.
    private var claims: [OneTimeKey: Int] = [:]

    /// Adds a caller.
    mutating func add(_ request: Request) {
        let key = request.reservation.key
        if claims[key] == nil { claims[key] = requests.count }
        requests.append(request)
    }

    /// The requests to send: one for each credential.
    var claimants: [Request] { claims.values.map { requests[$0] } }

    /// Notifies every caller.
    ///
    /// - Parameter granted: The credentials that the server reserved.
    func tell(granted: Set<OneTimeKey>) {
        for (number, request) in requests.enumerated() {
            let key = request.reservation.key
            request.answer(.success(granted.contains(key) && claims[key] == number))
        }
    }
}
