import IdentityBroker

extension StoreRules {
    /// The rules while the storage has a fault.
    static func underFault(_ fault: String) -> [StoreRule<FaultBench>] {
        reserving(fault) + recording(fault) + [purging(fault), secrecy(fault)]
    }

    private static func reserving(_ fault: String) -> [StoreRule<FaultBench>] {
        [
            StoreRule(
                "while \(fault), reserve fails or succeeds, reports truthfully which, and works again later",
                because: "If nothing happened, the user may try again; if a reservation was confirmed, it must exist."
            ) { bench in
                let store = try await bench.storage.open()
                let reservation = OneTimeReservation.sample()
                let call = try await bench.attempt(.reserve) { () async throws(StoreFailure) in
                    try await store.reserve(reservation, at: .second(0))
                }
                try await Aftermath(store: store).check(reserve: call, of: reservation)
                try await store.mustGrant(.sample(1), "after the storage was repaired")
                try await store.mustRefuse(.sample(1), "to a second caller after the storage was repaired")
            },
            StoreRule(
                "while \(fault), held credentials stay held",
                because: "Storage trouble is exactly when users try again."
            ) { bench in
                let store = try await bench.storage.open()
                try await store.mustGrant(.sample(), "to the first caller")
                let call = try await bench.whileItLasts {
                    try await bench.storage.make("reserve") { () async throws(StoreFailure) in
                        try await store.reserve(.sample(), at: .second(0))
                    }
                }
                if case .returned(true) = call {
                    throw Observation("reserve returned true for a credential that is held")
                }
                try await store.mustRefuse(.sample(), "for a held credential, after the storage was repaired")
            },
        ]
    }

    private static func recording(_ fault: String) -> [StoreRule<FaultBench>] {
        [
            StoreRule(
                "while \(fault), append fails or succeeds, reports truthfully which, and works again later",
                because: "An unrecorded login does not count, and a recorded one must have been answered accordingly."
            ) { bench in
                let store = try await bench.storage.open()
                let (event, later) = (AuditEvent.sample(), AuditEvent.sample())
                let call = try await bench.attempt(.append) { () async throws(StoreFailure) in
                    try await store.append(event)
                }
                try await Aftermath(store: store).check(append: call, of: event)
                try await store.append(later)
                let count = try await store.eventCount(of: later.login)
                try require(
                    count == 1, "an event was recorded \(count) times instead of once after the storage was repaired")
            }
        ]
            + [OneTimeOutcome.spent, .released].map { outcome in
                StoreRule(
                    "while \(fault), a verdict of \(outcome) and its event are stored together or not at all",
                    because: """
                        An event without its verdict lets a credential through again; a verdict without its event \
                        hides the login.
                        """
                ) { bench in
                    let store = try await bench.storage.open()
                    let (reservation, later) = (OneTimeReservation.sample(), OneTimeReservation.sample(1))
                    try await store.mustGrant(reservation, "to the first caller")
                    try await store.mustGrant(later, "to the first caller")
                    let call = try await bench.attempt(.conclude) { () async throws(StoreFailure) in
                        try await store.settle(reservation, as: outcome)
                    }
                    try await Aftermath(store: store).check(conclude: call, of: reservation, as: outcome)
                    let second = try await bench.storage.make("conclude") { () async throws(StoreFailure) in
                        try await store.settle(later, as: outcome)
                    }
                    try require(second.failure == nil, "conclude still failed after the storage was repaired")
                    try await Aftermath(store: store).check(conclude: second, of: later, as: outcome)
                }
            }
    }

    private static func purging(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), purge fails or succeeds, frees nothing that is held, and works again later",
            because: "It is housekeeping: whatever its outcome, no login may notice."
        ) { bench in
            let store = try await bench.storage.open()
            for number in 1...5 { try await store.mustGrant(.sample(number, until: .second(5)), "to the first caller") }
            for number in 6...10 { try await store.mustGrant(.sample(number), "to the first caller") }
            let call = try await bench.attempt(.purge) { () async throws(StoreFailure) in
                try await store.purge(at: .second(5), atMost: 3)
            }
            let later = try await store.purge(at: .second(5), atMost: 100)
            switch call {
            case .returned(let count):
                try require(count == 3 && later == 2, "purge removed \(count) and then \(later) of 5 expired entries")
            case .failed(let failure):
                try require(
                    later == 5 || failure.mayHaveHappened,
                    "purge failed and reported that nothing had happened, but left \(later) of 5 entries")
            }
            for number in 6...10 {
                try await store.mustRefuse(.sample(number), at: .second(5), "for a credential held through a purge")
            }
        }
    }

    private static func secrecy(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), no failure reveals anything about the credential or the login",
            because: "The message goes to the operator's log, where a digest could be tested against guesses forever."
        ) { bench in
            let store = try await bench.storage.open()
            let (held, asked) = (OneTimeReservation.sample(7), OneTimeReservation.sample(8))
            let event = AuditEvent.sample(login: held.login, text: "canary-6f1ed002ab")
            try await store.mustGrant(held, "to the first caller")
            let failures = try await bench.whileItLasts {
                // All at once: each may take as long as the store waits for a lock.
                try await race(3) { number in
                    try await bench.storage.make("a call") { () async throws(StoreFailure) in
                        switch number {
                        case 0: _ = try await store.reserve(asked, at: .second(0))
                        case 1: try await store.append(event)
                        default: try await store.conclude(held, as: .spent, recording: event)
                        }
                    }.failure
                }.compactMap(\.self)
            }
            for failure in failures {
                for trace in held.traces + asked.traces + event.texts {
                    let leaks = failure.message.lowercased().contains(trace.lowercased())
                    try require(!leaks, "\"\(trace)\" appears in the message \"\(failure.message)\"")
                }
            }
        }
    }
}
