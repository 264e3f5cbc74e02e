#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

extension StoreRules {
    static let expiry: [StoreRule<StoreBench>] = [
        StoreRule(
            "a reservation holds until the last tick before its expiry",
            because:
                "The retention is chosen longer than the credential lives; what is freed early can be redeemed again."
        ) { bench in
            let store = try await bench.open()
            let tick = bench.timeResolution / .seconds(1)
            for (number, expiry) in [Date.second(10), .second(10.001_25)].enumerated() {
                try await store.mustGrant(.sample(number, until: expiry), "to the first caller")
                let now = expiry.addingTimeInterval(-tick)
                try await store.mustRefuse(.sample(number), at: now, "\(bench.timeResolution) before the expiry")
            }
            try await store.mustGrant(.sample(9, until: .distantFuture), "to the first caller")
            try await store.mustRefuse(.sample(9), at: .second(1e9), "years before the expiry")
        },
        StoreRule(
            "a reservation is gone at its expiry",
            because:
                "The boundary is the same for every store: an entry whose expiry is not later than now counts as gone."
        ) { bench in
            let store = try await bench.open()
            for (number, expiry) in [Date.second(10), .second(10.001_25)].enumerated() {
                try await store.mustGrant(.sample(number, until: expiry), "to the first caller")
                try await store.mustGrant(.sample(number), at: expiry, "at the expiry")
            }
        },
        StoreRule(
            "a spent credential is forgotten at its expiry, and not before",
            because: "What is kept for ever fills the store; what is forgotten early can be redeemed again."
        ) { bench in
            let store = try await bench.open()
            let spent = OneTimeReservation.sample(until: .second(10))
            try await store.mustGrant(spent, "to the first caller")
            try await store.settle(spent, as: .spent)
            try await store.mustRefuse(.sample(), at: .second(9), "a second before a spent credential's expiry")
            try await store.mustGrant(.sample(), at: .second(10), "at a spent credential's expiry")
        },
        StoreRule(
            "a clock that goes back frees nothing",
            because: "Clocks are set back; a reservation says until when it holds, not since when."
        ) { bench in
            let store = try await bench.open()
            try await store.mustGrant(.sample(until: .second(10)), at: .second(5), "to the first caller")
            try await store.mustRefuse(.sample(), at: .second(-1_000), "after the clock went back by 1005 seconds")
            try await store.mustRefuse(.sample(), at: .second(9), "after the clock had been set right again")
        },
        StoreRule(
            "a reservation that follows an expired one lasts until its own expiry",
            because: "An expiry that was taken over from the entry before would free the credential early."
        ) { bench in
            let store = try await bench.open()
            try await store.mustGrant(.sample(until: .second(10)), "to the first caller")
            try await store.mustGrant(.sample(until: .second(30)), at: .second(10), "at the first expiry")
            try await store.mustRefuse(.sample(until: .second(60)), at: .second(29), "before the second expiry")
            try await store.mustGrant(.sample(until: .second(60)), at: .second(30), "at the second expiry")
        },
    ]
}
