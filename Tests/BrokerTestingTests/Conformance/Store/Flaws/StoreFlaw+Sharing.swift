import Foundation
import IdentityBroker

extension StoreFlaw {
    static let sharing = [
        StoreFlaw(
            "forgets everything with the store",
            breaks: "a reservation outlives the store that made it",
            "a verdict outlives the store that gave it",
            "a login can conclude through any store on the storage",
            "events outlive the store that wrote them, in order",
            "what one store does is visible at once to another on the same storage"
        ) { $0.open = { _ in NaiveStore(storage: NaiveStorage()) } },
        StoreFlaw(
            "purges its own reservations only",
            breaks: "a purge removes what other stores reserved, and counts it"
        ) { $0.purge = { _, _, _ throws(StoreFailure) in 0 } },
        StoreFlaw(
            "clears the storage as it closes",
            breaks: "closing a store affects neither its data nor other stores on the storage"
        ) { $0.close = { store in store.storage.force { $0 = NaiveLedger() } } },
        StoreFlaw(
            "empties the storage when it finds nobody there",
            breaks: "many stores can open an empty storage at once"
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
