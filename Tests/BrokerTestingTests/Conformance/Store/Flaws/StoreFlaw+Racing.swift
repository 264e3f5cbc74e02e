import BrokerTesting
import IdentityBroker

extension StoreFlaw {
    static let racing = [
        StoreFlaw(
            "looks first and reserves then",
            breaks: "exactly one of a thousand racing callers gets a credential, and keeps it",
            "each of many contested credentials goes to exactly one caller",
            "exactly one of a thousand callers racing across many stores gets a credential",
            "each of many credentials contested across many stores goes to exactly one caller"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let isFree = store.storage.force { $0.holds[reservation.key] == nil }
                await store.storage.meet(at: "\(reservation.key)")
                guard isFree else { return false }
                store.storage.force { $0.holds[reservation.key] = nil }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "settles first and writes the event then",
            breaks: "the event of a release is recorded exactly when the credential becomes free"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                try store.storage.change { $0.settle(reservation, as: outcome) }
                await dawdle()
                try await store.append(event)
            }
        },
        StoreFlaw(
            "writes the event first and settles then",
            breaks: "the event of a release is recorded exactly when the credential becomes free"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                try await store.append(event)
                await dawdle()
                try store.storage.change { $0.settle(reservation, as: outcome) }
            }
        },
        StoreFlaw(
            "stops half-way when its caller is cancelled",
            breaks: "a cancelled caller's verdict is stored completely or not at all"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                try store.storage.change { $0.settle(reservation, as: outcome) }
                if Task.isCancelled { throw StoreFailure("Cancelled.", mayHaveHappened: true) }
                try await store.append(event)
            }
        },
        StoreFlaw(
            "says of a cancelled call that nothing happened",
            breaks: "a cancelled caller's reservation is made completely or not at all",
            "a cancelled caller's event is written completely or not at all"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let granted = try await store.reserve(reservation, at: now)
                if Task.isCancelled { throw StoreFailure("Cancelled.", mayHaveHappened: false) }
                return granted
            }
            $0.append = { store, event throws(StoreFailure) in
                try await store.append(event)
                if Task.isCancelled { throw StoreFailure("Cancelled.", mayHaveHappened: false) }
            }
        },
    ]
}
