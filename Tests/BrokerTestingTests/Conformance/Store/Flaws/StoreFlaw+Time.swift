import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let time = [
        StoreFlaw(
            "never goes back",
            breaks: "the store's time follows a clock in steady use, and back at once"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                let latest = store.storage.force { $0.time?.believed } ?? now
                return try await store.believedTime(at: max(now, latest))
            }
        },
        StoreFlaw(
            "believes every clock",
            breaks: "a clock that is years ahead removes nothing from a store for a day",
            "a store's time begins with its oldest event",
            "the store's time outlives the store that kept it",
            "if the clocks of two processes disagree, the one ahead removes nothing from the store"
        ) { $0.believedTime = { _, now throws(StoreFailure) in now } },
        StoreFlaw(
            "never believes a clock ahead",
            breaks: "a clock that stays ahead for a day is followed"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                store.storage.force { ledger in
                    ledger.time = ledger.time.map { StoreTime(believed: $0.believed, highest: $0.highest) }
                }
                return try await store.believedTime(at: now)
            }
        },
        StoreFlaw(
            "counts a pause of a clock ahead in full",
            breaks: "clocks that are ahead and were read only a few times are not followed, however far apart they are",
            "a clock that is years ahead removes nothing from a store for a day",
            "the store's time outlives the store that kept it"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                store.storage.force { ledger in
                    guard let time = ledger.time, let lead = time.lead, lead.latest < now else { return }
                    ledger.time = StoreTime(
                        believed: time.believed, lead: .init(since: lead.since, latest: now), highest: time.highest)
                }
                return try await store.believedTime(at: now)
            }
        },
        StoreFlaw(
            "believes the first clock",
            breaks: "a store's time begins with its oldest event"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                store.storage.force { $0.time = $0.time ?? StoreTime(believed: now) }
                return try await store.believedTime(at: now)
            }
        },
        StoreFlaw(
            "keeps a reservation by the caller's clock alone",
            breaks: "a clock that is behind writes no reservation that is removed early"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                let granted = try await store.reserve(reservation, at: now)
                if granted { store.storage.force { $0.holds[reservation.key]?.expiry = reservation.expiry } }
                return granted
            }
        },
        StoreFlaw(
            "keeps a reservation by what it believes, and forgets what it had believed",
            breaks: "a clock that is behind and was followed writes nothing that is removed early"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                store.storage.force { ledger in ledger.time = ledger.time.map { StoreTime(believed: $0.believed) } }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "keeps all by the highest time that it ever believed",
            breaks: "following a clock ahead does not make a store keep entries of a day later forever"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                let highest = store.storage.force { $0.time?.highest } ?? now
                let believed = try await store.believedTime(at: now)
                store.storage.force { ledger in
                    ledger.time = ledger.time.map { time in
                        StoreTime(believed: believed, lead: time.lead, highest: max(highest, time.highest))
                    }
                }
                return believed
            }
        },
        StoreFlaw(
            "keeps an event by its own time alone",
            breaks: "a clock that is behind writes no event that is removed early",
            "a clock that is behind and was followed writes nothing that is removed early"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                store.storage.force { ledger in ledger.events.removeAll { $0.began < now - 90 * 86_400 } }
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "counts the day though another clock was not ahead",
            breaks: "if the clocks of two processes disagree, the one ahead removes nothing from the store"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                let lead = store.storage.force { $0.time?.lead }
                let believed = try await store.believedTime(at: now)
                store.storage.force { ledger in
                    ledger.time = StoreTime(
                        believed: believed, lead: ledger.time?.lead ?? lead, highest: ledger.time?.highest)
                }
                return believed
            }
        },
        StoreFlaw(
            "fails where two ask at once",
            breaks: "many callers can ask for the store's time at once"
        ) {
            $0.believedTime = { store, now throws(StoreFailure) in
                let before = store.storage.force { $0.time }
                await store.storage.meet(at: "the time")
                guard store.storage.force({ $0.time }) == before else {
                    throw StoreFailure("Another one was faster.", mayHaveHappened: false)
                }
                return try await store.believedTime(at: now)
            }
        },
    ]
}
