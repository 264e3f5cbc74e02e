import IdentityBroker

extension StoreRules {
    static let cancellation: [StoreRule<StoreBench>] = [
        StoreRule(
            "the reservation of a cancelled caller is made whole or not at all",
            because: "Users hang up at any moment. Half a reservation is one that nobody can release, or that two hold."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<20 {
                let reservation = OneTimeReservation.sample(number)
                let call = try await bench.makeCancelled("reserve", early: number % 4 < 2) {
                    () async throws(StoreFailure) in
                    try await store.reserve(reservation, at: .second(0))
                }
                try await Aftermath(store: store).check(reserve: call, of: reservation)
            }
        },
        StoreRule(
            "the event of a cancelled caller is written whole or not at all",
            because: "A login that was given up still happened. What the store says of its event has to be true."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<20 {
                let event = AuditEvent.sample(text: "number \(number)")
                let call = try await bench.makeCancelled("append", early: number % 4 < 2) {
                    () async throws(StoreFailure) in
                    try await store.append(event)
                }
                try await Aftermath(store: store).check(append: call, of: event)
            }
        },
        StoreRule(
            "the verdict of a cancelled caller lands whole or not at all",
            because:
                "The credential may have left. A verdict cut in half leaves it free, or its login without a record."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<20 {
                let outcome: OneTimeOutcome = number.isMultiple(of: 2) ? .spent : .released
                let reservation = OneTimeReservation.sample(number)
                try await store.mustGrant(reservation, "to the first caller")
                let call = try await bench.makeCancelled("conclude", early: number % 4 < 2) {
                    () async throws(StoreFailure) in
                    try await store.settle(reservation, as: outcome)
                }
                try await Aftermath(store: store).check(conclude: call, of: reservation, as: outcome)
            }
        },
    ]
}
