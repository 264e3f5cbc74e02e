import Foundation
import IdentityBroker

extension StoreRules {
    static let time: [StoreRule<StoreBench>] = [
        StoreRule(
            "the store's time follows a clock in steady use, and back at once",
            because:
                "Entries kept forever fill the store, and a store that was ahead must not keep removing entries early."
        ) { bench in
            let store = try await bench.open()
            for second in [0, 60, 3_660, 1_000, -hour, -year, -year + hour] {
                try await store.mustBelieve(second, at: second, bench)
            }
        },
        StoreRule(
            "a clock that is years ahead removes nothing from a store for a day",
            because: """
                A process that starts with a wrong clock would purge spent credentials, which could then be redeemed \
                twice.
                """
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(0, at: 0, bench)
            let spent = OneTimeReservation.sample()
            try await store.mustGrant(spent, "to the first caller")
            try await store.settle(spent, as: .spent)
            for second in [year, year + hour, year + 20 * day] {
                try await store.mustBelieve(0, at: second, bench)
                let now = Date.second(second)
                try await store.mustRefuse(.sample(until: now + day), at: now, "by a clock a year ahead")
            }
            try await store.mustBelieve(60, at: 60, bench)
            try await store.mustBelieve(60, at: year + 21 * day, bench)
        },
        StoreRule(
            "a clock that stays ahead for a day is followed",
            because: "After days of downtime, a service must purge again, or the store grows with every login."
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(0, at: 0, bench)
            for step in 0..<24 { try await store.mustBelieve(0, at: 3 * day + Double(step) * hour, bench) }
            for second in [4 * day, 4 * day + 60] { try await store.mustBelieve(second, at: second, bench) }
        },
        StoreRule(
            "clocks that are ahead and were read only a few times are not followed, however far apart they are",
            because: "Two processes that start with different wrong clocks would purge spent credentials."
        ) { bench in
            let store = try await bench.open()
            for second in [0, 3 * day, 5 * day, 9 * day, 20 * day] { try await store.mustBelieve(0, at: second, bench) }
        },
        StoreRule(
            "a store's time begins with its oldest event",
            because: "The first process to ask may be the one whose clock is wrong."
        ) { bench in
            let store = try await bench.open()
            try await store.append(.sample(began: .second(5)))
            try await store.append(.sample(began: .second(year)))
            try await store.mustBelieve(5, at: year, bench)
        },
        StoreRule(
            "a clock that is behind writes no reservation that is removed early",
            because: "Another process, whose clock is right, would at once remove what was spent a moment ago."
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(0, at: 0, bench)
            let began = Date.second(-year)
            try await store.mustGrant(.sample(1, until: began + day), at: began, "to the first caller")
            try await store.mustGrant(.sample(2, until: .second(2 * day)), at: .second(-60), "to the first caller")
            try await store.mustGrant(.sample(3, until: .second(day)), at: .second(60), "to the first caller")
            let tick = bench.timeResolution / .seconds(1)
            try await store.mustPurge(0, at: .second(day - tick), atMost: 100, "within a day of 3 reservations")
            try await store.mustPurge(2, at: .second(day), atMost: 100, "a day after 2 reservations for a day")
            try await store.mustPurge(0, at: .second(2 * day), atMost: 100, "before the end of the third reservation")
            try await store.mustPurge(1, at: .second(2 * day + 60), atMost: 100, "at the end of all reservations")
        },
        StoreRule(
            "a clock that is behind writes no event that is removed early",
            because: "The record of who signed in must be kept as long as any other, whatever time it contains."
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(0, at: 0, bench)
            let event = AuditEvent.sample(began: .second(-10 * year))
            try await store.append(event)
            try await store.mustPurge(0, at: .second(0), atMost: 100, "with one event written by a clock years behind")
            try await store.mustHold([event], resolution: bench.timeResolution)
        },
        StoreRule(
            "a clock that is behind and was followed writes nothing that is removed early",
            because: """
                A service's clock is behind for an afternoon. What it wrote must still exist once the clock has been \
                right for a day.
                """
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(0, at: 0, bench)
            let began = Date.second(-10 * year)
            try await store.mustBelieve(-10 * year, at: -10 * year, bench)
            try await store.mustGrant(.sample(until: began + 2 * day), at: began, "to the first caller")
            let event = AuditEvent.sample(began: began)
            try await store.append(event)
            for step in 0..<24 { try await store.mustBelieve(-10 * year, at: 60 + Double(step) * hour, bench) }
            try await store.mustBelieve(day + 60, at: day + 60, bench)
            let believed = Date.second(day + 60)
            try await store.mustPurge(0, at: believed, atMost: 100, "after a day by a clock that is right again")
            try await store.mustHold([event], resolution: bench.timeResolution)
            try await store.mustPurge(1, at: .second(2 * day), atMost: 100, "2 days after a reservation for 2 days")
        },
        StoreRule(
            "following a clock ahead does not make a store keep entries of a day later forever",
            because: "Entries kept for years fill the store, though the clock was corrected long ago."
        ) { bench in
            let store = try await bench.open()
            try await store.mustBelieve(year, at: year, bench)
            for step in 0...24 { try await store.mustBelieve(Double(step) * hour, at: Double(step) * hour, bench) }
            try await store.mustGrant(.sample(until: .second(2 * day)), at: .second(day), "to the first caller")
            try await store.mustPurge(1, at: .second(2 * day), atMost: 100, "a day after a reservation for a day")
        },
    ]

    static let sharingTime: [StoreRule<StoreBench>] = [
        StoreRule(
            "the store's time outlives the store that kept it",
            because: "Only the store can tell a process that it started with a wrong clock."
        ) { bench in
            try await bench.open().mustBelieve(0, at: 0, bench)
            for step in 0..<4 {
                try await bench.open().mustBelieve(0, at: year + Double(step) * 6 * hour, bench)
            }
            try await bench.open().mustBelieve(year + 18 * hour, at: year + day, bench)
        },
        StoreRule(
            "if the clocks of two processes disagree, the one ahead removes nothing from the store",
            because: "One machine's clock may be wrong for weeks while the others serve."
        ) { bench in
            let (one, other) = (try await bench.open(), try await bench.open())
            for step in 0...30 {
                let second = Double(step) * hour
                try await one.mustBelieve(second, at: second, bench)
                try await other.mustBelieve(second, at: year + second, bench)
            }
        },
        StoreRule(
            "many callers can ask for the store's time at once",
            because: "Replicas purge and are probed together; a conflict must not make one of them unready."
        ) { bench in
            let stores = [try await bench.open(), try await bench.open()]
            let times = try await race(32) { caller in try await stores[caller % 2].believedTime(at: .second(0)) }
            for time in times {
                try require(time.isSame(as: .second(0), resolution: bench.timeResolution), "the store believed \(time)")
            }
        },
    ]

    private static let hour = 3_600.0
    private static let day = 24 * hour
    private static let year = 365 * day
}

extension BrokerStore {
    /// Asks for the store's time, and ends the check if it differs. Both in seconds.
    fileprivate func mustBelieve(_ expected: Double, at now: Double, _ bench: StoreBench) async throws {
        let believed = try await believedTime(at: .second(now))
        try require(
            believed.isSame(as: .second(expected), resolution: bench.timeResolution),
            "with a clock at \(Date.second(now)) the store believed \(believed) instead of \(Date.second(expected))")
    }
}
