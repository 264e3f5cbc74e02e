import BrokerTesting
import IdentityBroker

extension StoreFlaw {
    static let reserving = [
        StoreFlaw(
            "grants to everybody",
            breaks: "the first caller gets a credential, and no later one",
            "two logins never hold a credential at once, however often it is released"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                _ = try await store.reserve(reservation, at: now)
                return true
            }
        },
        StoreFlaw(
            "keys by half of the digest",
            breaks: "a reservation leaves every other credential free"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let key = OneTimeKey(digest: Array(reservation.key.digest.prefix(16)))
                let cut = OneTimeReservation(key: key, login: reservation.login, expiry: reservation.expiry)
                return try await store.reserve(cut, at: now)
            }
        },
        StoreFlaw(
            "forgets when it has a hundred",
            breaks: "many credentials are held side by side"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                store.storage.force { if $0.holds.count == 100 { $0.holds = [:] } }
                return try await store.reserve(reservation, at: now)
            }
        },
    ]
}
