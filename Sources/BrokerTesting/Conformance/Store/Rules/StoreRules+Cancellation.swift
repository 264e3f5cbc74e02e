import IdentityBroker

extension StoreRules {
    static let cancellation: [StoreRule<StoreBench>] = [
        StoreRule(
            "a cancelled caller's reservation is made completely or not at all",
            because: """
                Users disconnect at any moment. Half a reservation is one that no one can release, or that two logins \
                hold.
                """
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
            "a cancelled caller's event is written completely or not at all",
            because: "An abandoned login still happened. What the store reports about its event must be true."
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
            "a cancelled caller's verdict is stored completely or not at all",
            because: "The credential may have left. Half a verdict leaves it free, or its login unrecorded."
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
