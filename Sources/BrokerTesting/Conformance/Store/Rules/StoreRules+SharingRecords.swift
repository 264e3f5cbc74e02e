import Foundation
import IdentityBroker

extension StoreRules {
    static let sharingRecords: [StoreRule<StoreBench>] = [
        StoreRule(
            "records outlive the store that kept them, and what one store does to them is visible to others at once",
            because: "A person who signs out on one machine must not stay signed in on the next, or after a restart."
        ) { bench in
            let stores = try await bench.openRecordStores(2)
            let record = StoredRecord.sample()
            try await stores[0].mustCommit([.put(record), .put(.sample(1))], "of new records")
            try await stores[1].mustHold(record, resolution: bench.timeResolution, "through another store")
            try await stores[1].mustCommit([.put(record.next()), .consume(.sample(1))], "through another store")
            try await stores[0].mustHold(record.next(), resolution: bench.timeResolution, "that another store put")
            try await stores[0].mustHoldNone(.sample(1), "that another store consumed")
            let after = try await bench.openRecordStore()
            try await after.mustHold(
                record.next(), resolution: bench.timeResolution, "after the storage was reopened")
            try await after.mustList([record.key], as: .owned(by: .sample(0)), "after the storage was reopened")
        },
        StoreRule(
            "exactly one of many simultaneous callers across many stores consumes a record",
            because: "A stolen code may reach a different process than the genuine one."
        ) { bench in
            try await oneConsumption(among: 64, on: bench.openRecordStores(4))
        },
        StoreRule(
            "commits across many stores that name the same records in different orders lose nothing, and all finish",
            because: "The database stops processes that wait for each other forever, and one of them fails."
        ) { bench in
            try await oppositeOrders(on: bench.openRecordStores(4))
        },
        StoreRule(
            "deletions by owner over many stores leave nothing that was put before, and all come to an end",
            because: "A session that begins while its account is disabled must not outlive that."
        ) { bench in
            let stores = try await bench.openRecordStores(4)
            _ = try await race(16) { caller in
                let store = stores[caller % stores.count]
                for round in 0..<8 {
                    let (first, second) = (RecordKey.sample(round), RecordKey.sample(100 - round))
                    guard caller.isMultiple(of: 4) else {
                        let keys = caller.isMultiple(of: 2) ? [first, second] : [second, first]
                        let puts = keys.map { key in
                            RecordOperation.put(
                                StoredRecord(key: key, owners: [.sample(0), .sample(caller)], body: Data()))
                        }
                        // Of those who put the same records one comes first.
                        _ = try await store.commit(puts + [.delete(.sample(500 + caller))], at: .second(0))
                        continue
                    }
                    try await store.mustCommit([.deleteAll(ownedBy: .sample(0))], "of all of an owner, beside puts")
                }
            }
            try await stores[0].mustCommit([.deleteAll(ownedBy: .sample(0))], "of all of an owner")
            for store in stores { try await store.mustList([], as: .all("kit_sample"), "after all were deleted") }
        },
    ]
}
