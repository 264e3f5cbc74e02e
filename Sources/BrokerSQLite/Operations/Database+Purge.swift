import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Database {
    /// Forgets what is too old, and says how much. Where each kind has much, each gets its share of the count; what one
    /// does not use is the others'.
    func purge(at now: Date, eventsBefore end: Date, atMost count: Int) throws -> Int {
        var kinds: [(Int) -> StoreCommand] = [
            { .purgeReservations(at: now, atMost: $0) },
            { .purgeEvents(before: end, atMost: $0) },
            { .purgeGrants(at: now, atMost: $0) },
        ]
        var gone = 0
        while gone < count, !kinds.isEmpty {
            let share = max(1, (count - gone) / kinds.count)
            kinds = try kinds.filter { kind in
                let asked = min(share, count - gone)
                let purged = try run(kind(asked))
                gone += purged
                return purged == asked
            }
        }
        return gone
    }
}
