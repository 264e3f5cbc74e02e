import Foundation
import IdentityBroker

extension StoreRules {
    static let expiry: [StoreRule<StoreBench>] = [
        StoreRule(
            "a reservation remains until it is purged, whatever the caller's clock says",
            because: """
                A process may start with its clock years ahead. A credential that it considers expired could be \
                redeemed again.
                """
        ) { bench in
            let store = try await bench.open()
            let held = OneTimeReservation.sample(1, until: .second(10))
            let spent = OneTimeReservation.sample(2, until: .second(10))
            for reservation in [held, spent] { try await store.mustGrant(reservation, "to the first caller") }
            try await store.settle(spent, as: .spent)
            for now in [Date.second(9), .second(10), .second(1e9), .distantFuture] {
                for number in 1...2 {
                    try await store.mustRefuse(.sample(number, until: now + 60), at: now, "before a purge")
                }
            }
            try await store.mustPurge(2, at: .second(10), atMost: 100, "with 2 reservations expired")
            for number in 1...2 { try await store.mustGrant(.sample(number), at: .second(10), "after a purge") }
        },
        StoreRule(
            "a purge keeps a reservation until the last tick before its expiry",
            because: "The retention exceeds the credential's lifetime; one freed early could be redeemed again."
        ) { bench in
            let store = try await bench.open()
            let tick = bench.timeResolution / .seconds(1)
            for (number, expiry) in [Date.second(10), .second(10.001_25)].enumerated() {
                try await store.mustGrant(.sample(number, until: expiry), "to the first caller")
                let now = expiry.addingTimeInterval(-tick)
                try await store.mustPurge(0, at: now, atMost: 100, "\(bench.timeResolution) before the expiry")
                try await store.mustRefuse(.sample(number), at: now, "\(bench.timeResolution) before the expiry")
                _ = try await store.purge(at: expiry, atMost: 100)
            }
            try await store.mustGrant(.sample(9, until: .distantFuture), "to the first caller")
            try await store.mustPurge(0, at: .second(1e9), atMost: 100, "years before the expiry")
        },
        StoreRule(
            "a purge removes a reservation at its expiry",
            because:
                "The boundary is the same for every store: an entry that expires at the time of the purge is removed."
        ) { bench in
            let store = try await bench.open()
            for (number, expiry) in [Date.second(10), .second(10.001_25)].enumerated() {
                try await store.mustGrant(.sample(number, until: expiry), "to the first caller")
                try await store.mustPurge(1, at: expiry, atMost: 100, "at the expiry")
                try await store.mustGrant(.sample(number), at: expiry, "after a purge at the expiry")
            }
        },
        StoreRule(
            "a clock that goes back frees nothing",
            because: "Clocks get set back. A reservation states its end, not its beginning."
        ) { bench in
            let store = try await bench.open()
            try await store.mustGrant(.sample(until: .second(10)), at: .second(5), "to the first caller")
            try await store.mustRefuse(.sample(), at: .second(-1_000), "after the clock went back by 1005 seconds")
            try await store.mustRefuse(.sample(), at: .second(9), "after the clock was set right again")
        },
        StoreRule(
            "a reservation that follows a released one lasts until its own expiry",
            because: "An expiry inherited from the previous entry would free the credential early."
        ) { bench in
            let store = try await bench.open()
            let first = OneTimeReservation.sample(until: .second(10))
            try await store.mustGrant(first, "to the first caller")
            try await store.settle(first, as: .released)
            try await store.mustGrant(.sample(until: .second(30)), "after the release")
            try await store.mustPurge(0, at: .second(29), atMost: 100, "before the second expiry")
            try await store.mustRefuse(.sample(until: .second(60)), "before the second expiry")
            try await store.mustPurge(1, at: .second(30), atMost: 100, "at the second expiry")
        },
    ]
}
