import BrokerTesting
import IdentityBroker

extension StoreFlaw {
    static let settling = [
        StoreFlaw(
            "never releases",
            breaks: "a released credential is free for the next login"
        ) {
            $0.conclude = { store, reservation, _, event throws(StoreFailure) in
                try await store.conclude(reservation, as: .spent, recording: event)
            }
        },
        StoreFlaw(
            "releases what was spent",
            breaks: "a spent credential stays so, whatever its login says later"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { $0.holds[reservation.key]?.isSpent = false }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
        StoreFlaw(
            "releases whoever holds it",
            breaks: "a login without a reservation cannot release another's",
            "a late release does not undo a later reservation"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { if outcome == .released { $0.holds[reservation.key] = nil } }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
        StoreFlaw(
            "spends whoever holds it",
            breaks: "a late verdict does not spend a later reservation"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { if outcome == .spent { $0.holds[reservation.key]?.isSpent = true } }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
        StoreFlaw(
            "holds what it gives a verdict on",
            breaks: "a verdict on an unreserved credential reserves nothing"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { if outcome == .spent { _ = $0.reserve(reservation, at: event.began) } }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
        StoreFlaw(
            "settles all that a login holds",
            breaks: "a verdict on one credential does not touch others of its login"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { ledger in
                    guard outcome == .released else { return }
                    ledger.holds = ledger.holds.filter { $0.value.login != reservation.login }
                }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
    ]
}
