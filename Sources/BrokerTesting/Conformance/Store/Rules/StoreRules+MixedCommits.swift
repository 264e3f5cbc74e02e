import Foundation
import IdentityBroker

/// Transactions of operations that are not about records alone.
extension StoreRules {
    static let mixedCommits: [StoreRule<StoreBench>] = [
        StoreRule(
            "a commit of credentials, a sign-in, records and an event does all of it",
            because: "A login that spends a credential and opens no session locks its user out."
        ) { bench in
            let store = try await bench.open()
            let mixed = MixedCommit()
            try await mixed.prepare(store)
            let result = try await store.commit(mixed.operations, at: .second(0))
            try require(result == mixed.done, "a commit of several kinds returned \(result) instead of \(mixed.done)")
            let isDone = try await mixed.isDone(in: store)
            try require(isDone, "a commit of several kinds returned, but did nothing")
        },
        StoreRule(
            "a refused commit of several kinds changes nothing, whichever operation caused the refusal, and names the first",
            because: "A caller that is refused tries again, or does something else. Half of it must not be there."
        ) { bench in
            let store = try await bench.open()
            let (mixed, presented, taken) = (MixedCommit(), OneTimeReservation.sample(90), StoredRecord.sample(91))
            try await mixed.prepare(store)
            try await store.mustGrant(presented, "to the first caller")
            try await store.mustCommit([.put(taken)], "of a new record")
            let refused: [(StoreOperation, found: Int?)] = [
                (.reserve(presented.byAnotherLogin), nil), (.reserve(presented), nil), (.consume(.sample(92)), nil),
                (.put(taken), 1),
            ]
            let later: [StoreOperation] = [.consume(.sample(93)), .reserve(.sample(94))]
            try await store.mustGrant(.sample(94), "to the first caller")
            for (operation, found) in refused {
                for place in 0...mixed.operations.count {
                    var operations = mixed.operations
                    operations.insert(operation, at: place)
                    for last in later {
                        try await store.mustRefuse(
                            operations + [last], operation: place, found: found,
                            "of several kinds with one operation that could not be done")
                    }
                }
            }
            var operations = mixed.operations
            operations[MixedCommit.signInPlace] = .signIn(.sample(1, putting: [.sample(95), taken]))
            for last in later {
                try await store.mustRefuse(
                    operations + [last], operation: MixedCommit.signInPlace, found: 1,
                    "of several kinds with a sign-in whose record was there")
            }
            let isDone = try await mixed.isDone(in: store)
            try require(!isDone, "a commit that was refused was done")
            try await store.mustHoldNone(.sample(95), "of a sign-in that was refused")
        },
        StoreRule(
            "of simultaneous commits that reserve one credential among other things, one is done, and the others leave nothing",
            because: "A user taps twice. One session begins."
        ) { bench in
            try await oneReservingCommit(among: 32, on: [bench.open()])
        },
        StoreRule(
            "a commit with two sign-ins, or two operations on one credential or record, is refused",
            because: "Only one of them could come first, and none is meant to."
        ) { bench in
            let store = try await bench.open()
            let (event, record, reservation) = (
                AuditEvent.sample(), StoredRecord.sample(1), OneTimeReservation.sample()
            )
            let excessive: [[StoreOperation]] = [
                [.signIn(.sample(1)), .signIn(.sample(2))],
                [.reserve(reservation), .settle(reservation, as: .released)],
                [.reserve(reservation), .reserve(reservation.byAnotherLogin)],
                [.put(record), .signIn(.sample(putting: [record]))],
            ]
            for operations in excessive {
                let call = await StoreCall { () async throws(StoreFailure) in
                    try await store.commit(operations + [.append(event)], at: .second(0))
                }
                try require(call.failure?.mayHaveHappened == false, "a commit beyond the limits ended as \(call)")
            }
            let count = try await store.eventCount(of: event.login)
            try require(count == 0, "a commit beyond the limits wrote its event")
            try await store.mustGrant(reservation, "that a commit beyond the limits has not reserved")
            try await store.mustHoldNone(record.key, "of a commit beyond the limits")
        },
    ]

    static let sharingCommits: [StoreRule<StoreBench>] = [
        StoreRule(
            "of commits over many stores that reserve one credential among other things, one is done",
            because: "The second tap may reach another machine."
        ) { bench in
            try await oneReservingCommit(among: 64, on: bench.openStores(4))
        },
        StoreRule(
            "commits of several kinds over many stores, in opposite orders, all come to an end, and one of each is done",
            because: "Transactions that wait for each other are stopped by the database, at somebody's cost."
        ) { bench in
            let stores = try await bench.openStores(4)
            let rounds = (0..<10).map { MixedCommit($0) }
            for mixed in rounds { try await mixed.prepare(stores[0]) }
            let results = try await race(8) { caller in
                var done = 0
                for mixed in caller.isMultiple(of: 2) ? rounds : rounds.reversed() {
                    let operations = caller % 4 < 2 ? mixed.operations : mixed.operations.reversed()
                    if case .done = try await stores[caller % 4].commit(operations, at: .second(0)) { done += 1 }
                }
                return done
            }
            let done = results.reduce(0, +)
            try require(done == rounds.count, "of \(rounds.count) commits that many made, \(done) were done")
            for mixed in rounds {
                let isDone = try await mixed.isDone(in: stores[1])
                try require(isDone, "no one performed a commit of several kinds")
            }
        },
    ]

    private static func oneReservingCommit(among callers: Int, on stores: [any BrokerStore]) async throws {
        let winners = try await race(callers) { caller -> (record: RecordKey, login: UUID)? in
            let (record, event) = (StoredRecord.sample(caller), AuditEvent.sample())
            let commit = try await stores[caller % stores.count].commit(
                [.put(record), .reserve(.sample()), .append(event)], at: .second(0))
            switch commit {
            case .done: return (record.key, event.login)
            case .refused(let refusal):
                try require(refusal.operation == 1, "a commit that reserves was refused because of \(refusal)")
                return nil
            }
        }.compactMap(\.self)
        try require(winners.count == 1, "\(winners.count) of \(callers) commits reserved one credential")
        try await stores[0].mustList(
            winners.map(\.record), as: .all("kit_sample"), "after commits of which one was done")
        let events = try await stores[0].newestEvents(callers).map(\.login)
        try require(events == winners.map(\.login), "commits of which one was done wrote \(events.count) events")
    }
}
