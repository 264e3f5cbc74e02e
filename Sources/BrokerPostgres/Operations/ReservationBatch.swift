import IdentityBroker

import Foundation

/// A reservation that is asked for.
struct ReservationRequest: Sendable {
    let reservation: OneTimeReservation
    /// The time by the caller's clock.
    let now: Date
}

/// Reservations that are sent to the server together. If several callers want one credential, the first asks for all: a
/// refusal applies to each, and only the first gets what is granted.
struct ReservationBatch: Sendable {
    private(set) var requests: [ReservationRequest] = []
    private var answers: [PendingOperation.Answer<Bool>] = []
    /// The request that asks for each credential.
    private var claims: [OneTimeKey: Int] = [:]

    /// Adds a caller.
    mutating func add(_ request: ReservationRequest, _ answer: @escaping PendingOperation.Answer<Bool>) {
        let key = request.reservation.key
        if claims[key] == nil { claims[key] = requests.count }
        requests.append(request)
        answers.append(answer)
    }

    /// The requests to send: one for each credential.
    var claimants: [ReservationRequest] { claims.values.map { requests[$0] } }

    /// Notifies every caller.
    ///
    /// - Parameter granted: The credentials that the server reserved.
    func tell(granted: Set<OneTimeKey>) {
        for (number, request) in requests.enumerated() {
            let key = request.reservation.key
            answers[number](.success(granted.contains(key) && claims[key] == number))
        }
    }
}
