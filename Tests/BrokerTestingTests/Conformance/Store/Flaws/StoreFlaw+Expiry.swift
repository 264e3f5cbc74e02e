import Foundation
import IdentityBroker

extension StoreFlaw {
    static let expiry = [
        StoreFlaw(
            "counts in whole seconds",
            breaks: "a reservation holds until the last tick before its expiry"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.up))
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "holds at the expiry as well",
            breaks: "a reservation is gone at its expiry"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                try await store.reserve(reservation, at: now.addingTimeInterval(-0.001))
            }
        },
        StoreFlaw(
            "keeps what is spent for ever",
            breaks: "a spent credential is forgotten at its expiry, and not before"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                if store.storage.force({ $0.holds[reservation.key]?.isSpent == true }) { return false }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "takes any distant time for an expired one",
            breaks: "a clock that goes back frees nothing"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let expiry = store.storage.force { $0.holds[reservation.key]?.expiry } ?? now
                let distance = abs(now.timeIntervalSince(expiry))
                return try await store.reserve(reservation, at: distance < 900 ? now : max(now, expiry))
            }
        },
        StoreFlaw(
            "keeps the first expiry",
            breaks: "a reservation that follows an expired one lasts until its own expiry",
            "a purge leaves the reservation alone that follows an expired one"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let expiry = store.storage.force { $0.holds[reservation.key]?.expiry } ?? reservation.expiry
                let aged = OneTimeReservation(key: reservation.key, login: reservation.login, expiry: expiry)
                return try await store.reserve(aged, at: now)
            }
        },
    ]
}
