import IdentityBroker

extension StoreRules {
    /// What a store guarantees to others on the same storage: those of other processes, and those after a restart.
    static let sharing: [StoreRule<StoreBench>] = [
        StoreRule(
            "a reservation outlives the store that made it",
            because: "A process that dies after its request left must not leave the credential free for the next."
        ) { bench in
            try await bench.open().mustGrant(.sample(until: .second(10)), "to the first caller")
            let store = try await bench.open()
            try await store.mustRefuse(.sample(), at: .second(9), "after the storage was reopened")
            try await store.mustPurge(1, at: .second(10), atMost: 100, "after the storage was reopened")
            try await store.mustGrant(.sample(), at: .second(10), "after a purge at the expiry")
        },
        StoreRule(
            "a verdict outlives the store that gave it",
            because: "Whether a credential is spent is a fact that no restart changes."
        ) { bench in
            let (spent, released) = (OneTimeReservation.sample(1), OneTimeReservation.sample(2))
            let before = try await bench.open()
            try await before.mustGrant(spent, "to the first caller")
            try await before.mustGrant(released, "to the first caller")
            try await before.settle(spent, as: .spent)
            try await before.settle(released, as: .released)
            let after = try await bench.open()
            try await after.settle(spent, as: .released)
            try await after.mustRefuse(.sample(1), "for a spent credential after the storage was reopened")
            try await after.mustGrant(.sample(2), "for a released credential after the storage was reopened")
        },
        StoreRule(
            "a login can conclude through any store on the storage",
            because: "A store may lose its connection between reservation and verdict; the login is still the same."
        ) { bench in
            let reservation = OneTimeReservation.sample()
            try await bench.open().mustGrant(reservation, "to the first caller")
            let store = try await bench.open()
            try await store.settle(.sample(), as: .released)
            try await store.mustRefuse(.sample(), "after another login's release through another store")
            try await store.settle(reservation, as: .released)
            try await store.mustGrant(.sample(), "after the holder's release through another store")
        },
        StoreRule(
            "events outlive the store that wrote them, in order",
            because: "The audit log is needed afterwards: after the restart, after the incident."
        ) { bench in
            var events: [AuditEvent] = []
            for round in 0..<3 {
                let store = try await bench.open()
                for number in 0..<3 {
                    let event = AuditEvent.sample(began: .second(Double(-round)), text: "number \(number) of \(round)")
                    try await store.append(event)
                    events.append(event)
                }
                try await store.mustHold(events, resolution: bench.timeResolution)
            }
        },
        StoreRule(
            "a purge removes what other stores reserved, and counts it",
            because: "Reservations of processes that are gone expire like all others, and only others can remove them."
        ) { bench in
            try await bench.open().mustGrant(.sample(1, until: .second(5)), "to the first caller")
            try await bench.open().mustGrant(.sample(2), "to the first caller")
            let store = try await bench.open()
            try await store.mustPurge(
                1, at: .second(5), atMost: 100, "with 1 of 2 reservations of other stores expired")
            try await store.mustRefuse(.sample(2), at: .second(5), "for another store's reservation after a purge")
        },
        StoreRule(
            "what one store does is visible at once to another on the same storage",
            because: "A second tap may reach a different process than the first."
        ) { bench in
            let (one, other) = (try await bench.open(), try await bench.open())
            let reservation = OneTimeReservation.sample()
            try await one.mustGrant(reservation, "to the first caller")
            try await other.mustRefuse(.sample(), "although another store had granted the credential")
            try await one.settle(reservation, as: .released)
            try await other.mustGrant(.sample(), "after another store released the credential")
            try await one.mustRefuse(.sample(), "although another store had granted the credential after its release")
            let count = try await other.eventCount(of: reservation.login)
            try require(count == 1, "another store returned \(count) events of a concluded login")
        },
        StoreRule(
            "closing a store affects neither its data nor other stores on the storage",
            because: "Every process closes its store when it ends, whatever others on the storage are doing."
        ) { bench in
            let (one, other) = (try await bench.open(), try await bench.open())
            try await one.mustGrant(.sample(1), "to the first caller")
            try await one.append(.sample())
            try await one.close()
            try await one.close()
            try await other.mustRefuse(.sample(1), "for a reservation of a store that was closed")
            try await other.mustGrant(.sample(2), "after another store was closed")
            let count = try await other.newestEvents(10).count
            try require(count == 1, "a store that was closed wrote 1 event, but \(count) came back")
        },
        StoreRule(
            "many stores can open an empty storage at once",
            because: "Processes are started together, and each would create the missing tables."
        ) { bench in
            let stores = try await race(10) { _ in try await bench.open() }
            for (number, store) in stores.enumerated() {
                try await store.mustGrant(.sample(number), "through one of 10 stores opened at once")
                try await store.append(.sample())
            }
            let count = try await stores[0].newestEvents(100).count
            try require(count == 10, "10 stores opened at once wrote an event each, but \(count) came back")
        },
        StoreRule(
            "exactly one of a thousand callers racing across many stores gets a credential",
            because: "A lock in one process does not affect another."
        ) { bench in
            try await oneWinner(among: 1_000, on: try await bench.openStores(8))
        },
        StoreRule(
            "each of many credentials contested across many stores goes to exactly one caller",
            because:
                "Under load, transactions conflict and are repeated. None may be repeated into a second reservation."
        ) { bench in
            try await oneWinnerEach(of: 50, among: 16, on: try await bench.openStores(8))
        },
    ]
}
