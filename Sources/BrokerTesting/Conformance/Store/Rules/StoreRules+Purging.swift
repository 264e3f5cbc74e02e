import Foundation
import IdentityBroker

extension StoreRules {
    // A call to reserve shows whether an entry was removed: an expired one remains until then.
    static let purging: [StoreRule<StoreBench>] = [
        StoreRule(
            "a purge removes exactly what has expired, and returns the count",
            because: "What it removes too early can be redeemed again, and what it never removes fills the store."
        ) { bench in
            let store = try await bench.open()
            try await store.reserveTen()
            try await store.mustPurge(5, at: .second(5), atMost: 100, "with 5 of 10 reservations expired")
            for number in 6...10 {
                try await store.mustRefuse(.sample(number), "after a purge that came before the expiry")
            }
            for number in 1...5 { try await store.mustGrant(.sample(number), "for a credential that was purged") }
        },
        StoreRule(
            "a purge removes no more than requested, oldest first",
            because: """
                It runs alongside logins: its limit keeps them from waiting, and the order keeps entries from staying \
                forever.
                """
        ) { bench in
            let store = try await bench.open()
            try await store.reserveTen()
            try await store.mustPurge(3, at: .second(8), atMost: 3, "with 8 of 10 reservations expired, limited to 3")
            for number in 4...10 {
                try await store.mustRefuse(
                    .sample(number), "for one of the younger entries after a purge of the oldest 3")
            }
            for number in 1...3 {
                try await store.mustGrant(.sample(number), "for one of the oldest 3 after their purge")
            }
        },
        StoreRule(
            "purges come to an end",
            because: """
                The broker purges until fewer entries were removed than allowed. A wrong count would never let it \
                stop.
                """
        ) { bench in
            let store = try await bench.open()
            try await store.reserveTen()
            for count in [4, 4, 1, 0] {
                try await store.mustPurge(count, at: .second(9), atMost: 4, "in one of several rounds with 9 expired")
            }
        },
        StoreRule(
            "a purge removes spent credentials at their expiry like others",
            because: "Nearly every credential ends as spent; if they were kept, the store would grow forever."
        ) { bench in
            let store = try await bench.open()
            let (old, young) = (OneTimeReservation.sample(1, until: .second(5)), OneTimeReservation.sample(2))
            for spent in [old, young] {
                try await store.mustGrant(spent, "to the first caller")
                try await store.conclude(spent, as: .spent, recording: .sample(began: .second(5)))
            }
            try await store.mustPurge(1, at: .second(5), atMost: 100, "with 1 of 2 spent credentials expired")
            try await store.mustRefuse(.sample(2), at: .second(5), "for a spent credential before its expiry")
        },
        StoreRule(
            "a purge with nothing to remove does nothing",
            because:
                "It is called now and then, on empty stores as well, and must neither fail nor remove something else."
        ) { bench in
            let store = try await bench.open()
            try await store.mustPurge(0, at: .second(0), atMost: 100, "in an empty store")
            try await store.mustGrant(.sample(until: .second(5)), "to the first caller")
            try await store.mustPurge(0, at: .second(4), atMost: 100, "with nothing expired")
            try await store.mustPurge(0, at: .second(5), atMost: 0, "when told to remove none")
            try await store.mustRefuse(.sample(), "after purges that had nothing to remove")
        },
        StoreRule(
            "a purge keeps recent audit events",
            because: "Reservations end at their expiry; the record of who signed in does not."
        ) { bench in
            let store = try await bench.open()
            let reservation = OneTimeReservation.sample(until: .second(5))
            let event = AuditEvent.sample(login: reservation.login, began: .second(5))
            try await store.mustGrant(reservation, "to the first caller")
            try await store.conclude(reservation, as: .spent, recording: event)
            try await store.mustPurge(
                1, at: .second(5), atMost: 100, "with one reservation expired and one event written")
            try await store.mustHold([event], resolution: bench.timeResolution)
        },
        StoreRule(
            "purges alongside logins free nothing that is held",
            because: "It runs while credentials are reserved, and must not mistake a new entry for an old one."
        ) { bench in
            let store = try await bench.open()
            _ = try await race(20) { caller in
                for number in 0..<10 {
                    let key = caller * 10 + number
                    guard caller.isMultiple(of: 2) else {
                        _ = try await store.purge(at: .second(6), atMost: 5)
                        continue
                    }
                    let first = OneTimeReservation.sample(key, until: .second(5))
                    try await store.mustGrant(first, "to the first caller")
                    try await store.settle(first, as: .released)
                    try await store.mustGrant(.sample(key), "after its release or a purge")
                }
            }
            for caller in stride(from: 0, to: 20, by: 2) {
                for number in 0..<10 {
                    let key = caller * 10 + number
                    try await store.mustRefuse(
                        .sample(key), at: .second(6), "after purges ran alongside its reservation")
                }
            }
        },
    ]
}

extension BrokerStore {
    /// Reserves ten credentials, 1 to 10, the youngest first; each expires at the second of its number.
    fileprivate func reserveTen() async throws {
        for number in (1...10).reversed() {
            try await mustGrant(.sample(number, until: .second(Double(number))), "to the first caller")
        }
    }

    /// Purges, and ends the check if the number of removed entries differs.
    func mustPurge(_ expected: Int, at now: Date, atMost count: Int, _ circumstance: String) async throws {
        let purged = try await purge(at: now, atMost: count)
        try require(purged == expected, "purge returned \(purged) instead of \(expected) \(circumstance)")
    }
}
