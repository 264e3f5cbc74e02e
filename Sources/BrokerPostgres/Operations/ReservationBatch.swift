import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reservations that go to the server together. Where several callers ask for one credential, one of them asks for all:
/// the one with the latest time, since what is refused to that one is refused to those with an earlier time as well.
struct ReservationBatch: Sendable {
    struct Request: Sendable {
        let reservation: OneTimeReservation
        let now: Date
        let answer: StoreOperation.Answer<Bool>
    }

    private struct Claim: Sendable {
        var claimant: Int
        var latest: Date
        var earliestExpiry: Date
    }

    private(set) var requests: [Request] = []
    private var claims: [OneTimeKey: Claim] = [:]

    /// Takes a caller in, unless what another caller gets would not decide about this one.
    mutating func add(_ request: Request) -> Bool {
        let (key, expiry) = (request.reservation.key, request.reservation.expiry)
        var claim =
            claims[key] ?? Claim(claimant: requests.count, latest: request.now, earliestExpiry: expiry)
        if request.now > claim.latest { claim.claimant = requests.count }
        claim.latest = max(claim.latest, request.now)
        claim.earliestExpiry = min(claim.earliestExpiry, expiry)
        // Whoever gets it has to hold it against all the others.
        guard claims[key] == nil || claim.earliestExpiry > claim.latest else { return false }
        claims[key] = claim
        requests.append(request)
        return true
    }

    /// Those that ask the server: one for each credential.
    var claimants: [Request] { claims.values.map { requests[$0.claimant] } }

    /// Tells every caller.
    ///
    /// - Parameter granted: The credentials that the server reserved.
    func tell(granted: Set<OneTimeKey>) {
        for (number, request) in requests.enumerated() {
            let key = request.reservation.key
            request.answer(.success(granted.contains(key) && claims[key]?.claimant == number))
        }
    }
}
