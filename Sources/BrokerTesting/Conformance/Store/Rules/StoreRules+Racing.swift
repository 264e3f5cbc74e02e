import IdentityBroker
import NIOConcurrencyHelpers

extension StoreRules {
    static let racing: [StoreRule<StoreBench>] = [
        StoreRule(
            "exactly one of a thousand racing callers gets a credential, and keeps it",
            because:
                "A user taps twice, an app retries, an attacker floods. The upstream may see the credential only once."
        ) { bench in
            let store = try await bench.open()
            try await oneWinner(among: 1_000, on: [store])
        },
        StoreRule(
            "each of many contested credentials goes to exactly one caller",
            because: "A lock that covers one credential at a time hides what happens to the others."
        ) { bench in
            let store = try await bench.open()
            try await oneWinnerEach(of: 50, among: 20, on: [store])
        },
        StoreRule(
            "two logins never hold a credential at once, however often it is released",
            because: "If a release meets a reservation, one of them comes first, and all callers must agree which."
        ) { bench in
            let store = try await bench.open()
            let holders = NIOLockedValueBox(0)
            let overlaps = try await race(16) { _ in
                var overlaps = 0
                for _ in 0..<25 {
                    let reservation = OneTimeReservation.sample()
                    guard try await store.reserve(reservation, at: .second(0)) else { continue }
                    let others = holders.withLockedValue { count in
                        defer { count += 1 }
                        return count
                    }
                    if others > 0 { overlaps += 1 }
                    await Task.yield()
                    // Before the release: afterwards the next holder may already exist.
                    holders.withLockedValue { $0 -= 1 }
                    try await store.settle(reservation, as: .released)
                }
                return overlaps
            }
            let overlapped = overlaps.reduce(0, +)
            try require(overlapped == 0, "\(overlapped) times a credential was granted while another login held it")
            try await store.mustGrant(.sample(), "after every holder released the credential")
        },
        StoreRule(
            "the event of a release is recorded exactly when the credential becomes free",
            because:
                "Both are one transaction. If they were visible separately, a crash could leave one without the other."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<100 {
                let reservation = OneTimeReservation.sample(number)
                try await store.mustGrant(reservation, "to the first caller")
                let isOver = NIOLockedValueBox(false)
                _ = try await race(2) { role in
                    guard role > 0 else {
                        defer { isOver.withLockedValue { $0 = true } }
                        return try await store.settle(reservation, as: .released)
                    }
                    try await store.watch(reservation, eventFirst: number.isMultiple(of: 2)) {
                        isOver.withLockedValue { $0 }
                    }
                }
            }
        },
    ]

    /// Races callers for one credential over these stores, and makes the winner prove that it holds the credential.
    static func oneWinner(among callers: Int, on stores: [any BrokerStore]) async throws {
        let tries = try await race(callers) { caller in
            let reservation = OneTimeReservation.sample()
            return (reservation, try await stores[caller % stores.count].reserve(reservation, at: .second(0)))
        }
        let winners = tries.filter { $0.1 }.map { $0.0 }
        try require(winners.count == 1, "\(winners.count) of \(callers) racing callers got the credential")
        for (loser, granted) in tries.prefix(50) where !granted { try await stores[0].settle(loser, as: .released) }
        try await stores[0].mustRefuse(.sample(), "after the losers of the race released the credential")
        try await stores[0].settle(winners[0], as: .released)
        try await stores[0].mustGrant(.sample(), "after the winner of the race released the credential")
    }

    /// Races callers for several credentials over these stores.
    static func oneWinnerEach(of credentials: Int, among callers: Int, on stores: [any BrokerStore]) async throws {
        let won = try await race(credentials * callers) { caller -> Int? in
            let (number, store) = (caller % credentials, stores[caller % stores.count])
            return try await store.reserve(.sample(number), at: .second(0)) ? number : nil
        }.compactMap(\.self)
        try require(Set(won).count == credentials, "\(credentials - Set(won).count) credentials went to no caller")
        try require(won.count == credentials, "\(won.count) callers got one of \(credentials) credentials")
    }
}

extension BrokerStore {
    /// Watches one side of a release until it is visible or the release is over, and then immediately checks the other.
    fileprivate func watch(
        _ reservation: OneTimeReservation,
        eventFirst: Bool,
        until isOver: () -> Bool
    ) async throws {
        let next = reservation.byAnotherLogin
        while true {
            // Read before the check, so that the last check follows the end.
            let wasOver = isOver()
            if eventFirst {
                if try await eventCount(of: reservation.login) > 0 {
                    return try await mustGrant(next, "although the event of the release was recorded")
                }
            } else if try await reserve(next, at: .second(0)) {
                let count = try await eventCount(of: reservation.login)
                return try require(
                    count == 1, "\(count) events of the release were recorded when the credential was free")
            }
            try require(!wasOver, "the release finished, but its event or the free credential did not become visible")
            await Task.yield()
        }
    }
}
