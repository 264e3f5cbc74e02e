import GRDB

import Foundation

extension Database {
    /// Removes old entries, and returns how many. If there are many of each kind, each gets its share of the count;
    /// what one does not use goes to the others.
    func purge(at now: Date, eventsBefore end: Date, atMost count: Int) throws -> Int {
        var kinds: [(Int) -> StoreCommand] = [
            { .purgeReservations(at: now, atMost: $0) },
            { .purgeEvents(before: end, atMost: $0) },
            { .purgeRecords(at: now, atMost: $0) },
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
