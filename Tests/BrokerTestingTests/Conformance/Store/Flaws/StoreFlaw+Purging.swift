import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let purging = [
        StoreFlaw(
            "purges what is held",
            breaks: "a purge removes exactly what has expired, and returns the count"
        ) {
            $0.purge = { store, _, count throws(StoreFailure) in
                try await store.purge(at: .distantFuture, atMost: count)
            }
        },
        StoreFlaw(
            "purges the youngest first",
            breaks: "a purge removes no more than requested, oldest first"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                store.storage.force { ledger in
                    let expired = ledger.holds.filter { $0.value.expiry <= now }
                    let youngest = expired.sorted { $0.value.expiry > $1.value.expiry }.prefix(count)
                    for (key, _) in youngest { ledger.holds[key] = nil }
                    return youngest.count
                }
            }
        },
        StoreFlaw(
            "purges everything at once",
            breaks: "a purge removes no more than requested, oldest first"
        ) {
            $0.purge = { store, now, _ throws(StoreFailure) in
                try await store.purge(at: now, atMost: .max)
            }
        },
        StoreFlaw(
            "always says that it purged as many as it may",
            breaks: "purges come to an end"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                _ = try await store.purge(at: now, atMost: count)
                return count
            }
        },
        StoreFlaw(
            "never purges what is spent",
            breaks: "a purge removes spent credentials at their expiry like others"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                let spent = store.storage.force { ledger in
                    defer { ledger.holds = ledger.holds.filter { !$0.value.isSpent } }
                    return ledger.holds.filter(\.value.isSpent)
                }
                let purged = try await store.purge(at: now, atMost: count)
                store.storage.force { ledger in ledger.holds.merge(spent) { $1 } }
                return purged
            }
        },
        StoreFlaw(
            "fails when there is nothing to purge",
            breaks: "a purge with nothing to remove does nothing"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                let purged = try await store.purge(at: now, atMost: count)
                if purged == 0 { throw StoreFailure("There is nothing to purge.", mayHaveHappened: false) }
                return purged
            }
        },
        StoreFlaw(
            "purges events with the reservations",
            breaks: "a purge keeps recent audit events"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                store.storage.force { $0.events = $0.events.filter { $0.began > now } }
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "purges by a look that it took before",
            breaks: "purges alongside logins free nothing that is held"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                await dawdle()
                try await store.conclude(reservation, as: outcome, recording: event)
            }
            $0.purge = { store, now, _ throws(StoreFailure) in
                let expired = store.storage.force { $0.holds.filter { $0.value.expiry <= now }.keys }
                await dawdle()
                return store.storage.force { ledger in
                    for key in expired { ledger.holds[key] = nil }
                    return expired.count
                }
            }
        },
    ]
}
