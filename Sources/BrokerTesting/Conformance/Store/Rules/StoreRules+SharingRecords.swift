import Foundation
import IdentityBroker

extension StoreRules {
    static let sharingRecords: [StoreRule<StoreBench>] = [
        StoreRule(
            "records outlive the store that kept them, and what one store does to them is visible to others at once",
            because: "A person who signs out on one machine must not stay signed in on the next, or after a restart."
        ) { bench in
            let stores = try await bench.openStores(2)
            let record = StoredRecord.sample()
            try await stores[0].mustCommit([.put(record), .put(.sample(1))], "of new records")
            try await stores[1].mustHold(record, resolution: bench.timeResolution, "through another store")
            try await stores[1].mustCommit([.put(record.next()), .consume(.sample(1))], "through another store")
            try await stores[0].mustHold(record.next(), resolution: bench.timeResolution, "that another store put")
            try await stores[0].mustHoldNone(.sample(1), "that another store consumed")
            let after = try await bench.open()
            try await after.mustHold(
                record.next(), resolution: bench.timeResolution, "after the storage was reopened")
            try await after.mustList([record.key], as: .owned(by: .sample(0)), "after the storage was reopened")
        },
        StoreRule(
            "exactly one of many simultaneous callers across many stores puts a version of a record",
            because: "Replicas are started together, and each finds no keys."
        ) { bench in
            try await oneVersion(among: 32, on: bench.openStores(4), resolution: bench.timeResolution)
        },
        StoreRule(
            "exactly one of many simultaneous callers across many stores consumes a record",
            because: "A stolen code may reach a different process than the genuine one."
        ) { bench in
            try await oneConsumption(among: 64, on: bench.openStores(4))
        },
        StoreRule(
            "commits across many stores that name the same records in different orders lose nothing, and all finish",
            because: "The database stops processes that wait for each other forever, and one of them fails."
        ) { bench in
            try await oppositeOrders(on: bench.openStores(4))
        },
        StoreRule(
            "exactly one of many who decide on the same version of a record over many stores succeeds",
            because: "A user denies a device code as the app is given tokens for it: only one of both may happen."
        ) { bench in
            let stores = try await bench.openStores(4)
            for round in 0..<10 {
                let code = StoredRecord.sample(round, text: "approved")
                try await stores[0].mustCommit([.put(code)], "of a new record")
                let tries = try await race(8) { caller in
                    let uses: [StoreOperation] = [
                        .consume(code.key, version: 1), .put(code.next(text: "denied")), .delete(code.key, version: 1),
                    ]
                    return try await stores[caller % 4].commit([uses[caller % 3]], at: .second(0))
                }
                let count = tries.count { if case .done = $0 { true } else { false } }
                try require(count == 1, "\(count) of 8 callers that decided on one version of a record were done")
            }
        },
        StoreRule(
            "nothing that requires a record outlives its deletion over many stores",
            because: "A session that begins while its account is deleted must not outlive it."
        ) { bench in
            let stores = try await bench.openStores(4)
            for round in 0..<10 {
                let account = StoredRecord.sample(round, kind: "kit_account", owners: [])
                let owner = RecordOwner(kind: "kit_account", id: account.key.id)
                try await stores[0].mustCommit([.put(account)], "of a new record")
                _ = try await race(8) { caller in
                    let store = stores[caller % 4]
                    guard caller != round % 8 else {
                        return try await store.mustCommit(
                            [.delete(account.key), .deleteAll(ownedBy: owner)], "of an account and all that it owns")
                    }
                    for number in 0..<20 {
                        let session = StoredRecord.sample(200 * round + 20 * caller + number, owners: [owner])
                        let commit = try await store.commit(
                            [.require(account.key, version: 1), .put(session)], at: .second(0))
                        if case .refused = commit { break }
                    }
                    return []
                }
                for store in stores {
                    try await store.mustList([], as: .owned(by: owner), "of an account that was deleted")
                }
            }
        },
        StoreRule(
            "records that change owner while all of the owner's are deleted over many stores are kept or deleted together",
            because: "What its commit called done is there. What was deleted by its owner is nobody else's."
        ) { bench in
            let stores = try await bench.openStores(4)
            let (owner, heir) = (RecordOwner.sample(1), RecordOwner.sample(2))
            for round in 0..<8 {
                let records = (0..<6).map { StoredRecord.sample(10 * round + $0, owners: [owner]) }
                try await stores[0].mustCommit(records.map { .put($0) }, "of new records")
                let moves = try await race(8) { caller -> Int? in
                    let store = stores[caller % 4]
                    guard caller < 6 else {
                        try await store.mustCommit([.deleteAll(ownedBy: owner)], "of all of an owner, beside puts")
                        return nil
                    }
                    let puts = [records[caller], records[5 - caller]].map { record in
                        var next = record.next()
                        next.owners = [heir]
                        return StoreOperation.put(next)
                    }
                    guard case .done = try await store.commit(puts, at: .second(0)) else { return nil }
                    return min(caller, 5 - caller)
                }
                let left = moves.compactMap(\.self).flatMap { [records[$0].key, records[5 - $0].key] }.sorted()
                let held = try await stores[0].keys(.owned(by: heir)).filter { records.map(\.key).contains($0) }
                try require(
                    held == left,
                    "\(left.count) records left an owner beside its deletion, and \(held.count) were there")
                try await stores[0].mustList([], as: .owned(by: owner), "after all of it was deleted")
            }
        },
        StoreRule(
            "commits over many stores that require what others change, in other orders, all come to an end",
            because: "Every login requires its account. Two that wait for each other are stopped at somebody's cost."
        ) { bench in
            try await oppositeRequirements(on: bench.openStores(4), rounds: 10)
        },
    ]

    /// Has callers count in one of two records while the other is there, half of them in each.
    static func oppositeRequirements(on stores: [any BrokerStore], rounds: Int) async throws {
        let (callers, keys) = (8, [RecordKey.sample(0), .sample(1)])
        try await stores[0].mustCommit(keys.map { .put(StoredRecord(key: $0, body: Data())) }, "of new records")
        _ = try await race(callers) { caller in
            let (store, isEven) = (stores[caller % stores.count], caller.isMultiple(of: 2))
            let (counted, required) = isEven ? (keys[0], keys[1]) : (keys[1], keys[0])
            for _ in 0..<rounds {
                while true {
                    guard var record = try await store.record(counted, at: .second(0)) else {
                        throw Observation("a record was nil while others counted in it")
                    }
                    record.version += 1
                    record.body.append(UInt8(caller))
                    let operations: [StoreOperation] = [.require(required, version: nil), .put(record)]
                    if case .done = try await store.commit(operations, at: .second(0)) { break }
                }
            }
        }
        for key in keys {
            let count = try await stores[0].record(key, at: .second(0))?.body.count ?? 0
            try require(
                count == callers * rounds / 2,
                "\(callers * rounds / 2) times was counted in a record, and \(count) stood")
        }
    }
}
