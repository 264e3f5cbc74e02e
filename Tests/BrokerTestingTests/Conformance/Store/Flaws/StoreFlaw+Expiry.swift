import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let expiry = [
        StoreFlaw(
            "takes what has expired by the caller's clock for gone",
            breaks: "a reservation remains until it is purged, whatever the caller's clock says"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                store.storage.force { ledger in
                    guard let hold = ledger.holds[reservation.key], hold.expiry <= now else { return }
                    ledger.holds[reservation.key] = nil
                }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "counts in whole seconds",
            breaks: "a purge keeps a reservation until the last tick before its expiry"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                let now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.up))
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "holds at the expiry as well",
            breaks: "a purge removes a reservation at its expiry"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                try await store.purge(at: now.addingTimeInterval(-0.001), atMost: count)
            }
        },
        StoreFlaw(
            "takes any distant time for an expired one",
            breaks: "a clock that goes back frees nothing"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                store.storage.force { ledger in
                    guard let hold = ledger.holds[reservation.key] else { return }
                    if abs(now.timeIntervalSince(hold.expiry)) > 900 { ledger.holds[reservation.key] = nil }
                }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "keeps the first expiry",
            breaks: "a reservation that follows a released one lasts until its own expiry"
        ) {
            let nobody = UUID()
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                let expiry = store.storage.force { $0.holds[reservation.key]?.expiry }
                try await store.conclude(reservation, as: outcome, recording: event)
                store.storage.force { ledger in
                    guard let expiry, ledger.holds[reservation.key] == nil else { return }
                    ledger.holds[reservation.key] = NaiveLedger.Hold(login: nobody, expiry: expiry)
                }
            }
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let isReleased = store.storage.force { $0.holds[reservation.key]?.login == nobody }
                guard isReleased else { return try await store.reserve(reservation, at: now) }
                store.storage.force { $0.holds[reservation.key]?.login = reservation.login }
                return true
            }
        },
    ]
}
