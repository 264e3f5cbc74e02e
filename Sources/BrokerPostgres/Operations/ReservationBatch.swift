import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reservations that go to the server together. Where several callers ask for one credential, the first asks for all: what
/// is refused to one is refused to each, and what one gets the others do not.
struct ReservationBatch: Sendable {
    struct Request: Sendable {
        let reservation: OneTimeReservation
        let now: Date
        let answer: StoreOperation.Answer<Bool>
    }

    private(set) var requests: [Request] = []
    /// Which request asks for a credential.
    private var claims: [OneTimeKey: Int] = [:]

    /// Takes a caller in.
    mutating func add(_ request: Request) {
        let key = request.reservation.key
        if claims[key] == nil { claims[key] = requests.count }
        requests.append(request)
    }

    /// Those that ask the server: one for each credential.
    var claimants: [Request] { claims.values.map { requests[$0] } }

    /// Tells every caller.
    ///
    /// - Parameter granted: The credentials that the server reserved.
    func tell(granted: Set<OneTimeKey>) {
        for (number, request) in requests.enumerated() {
            let key = request.reservation.key
            request.answer(.success(granted.contains(key) && claims[key] == number))
        }
    }
}
