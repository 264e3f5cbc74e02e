import Foundation
import IdentityBroker

extension StoreFlaw {
    static let sharing = [
        StoreFlaw(
            "forgets everything with the store",
            breaks: "a reservation outlives the store that made it",
            "a verdict outlives the store that gave it",
            "a login is concluded through whichever store is there",
            "events outlive the store that wrote them, in their order",
            "what one store does, another on the same storage sees at once"
        ) { $0.open = { _ in NaiveStore(storage: NaiveStorage()) } },
        StoreFlaw(
            "purges its own reservations only",
            breaks: "a purge forgets what other stores reserved, and counts it"
        ) { $0.purge = { _, _, _ throws(StoreFailure) in 0 } },
        StoreFlaw(
            "clears the storage as it closes",
            breaks: "a store that closes leaves what it wrote, and the stores beside it, as they were"
        ) { $0.close = { store in store.storage.force { $0 = NaiveLedger() } } },
        StoreFlaw(
            "empties the storage when it finds nobody there",
            breaks: "an empty storage can be opened by many at once"
        ) {
            $0.open = { storage in
                let isFirst = storage.state.withLock { $0.openings == 0 }
                await storage.meet(at: "the door")
                return try storage.state.withLock { state in
                    if isFirst, state.openings > 0 { throw AlreadyThere() }
                    state.openings += 1
                    return NaiveStore(storage: storage)
                }
            }
        },
    ]

    private struct AlreadyThere: Error {}
}
