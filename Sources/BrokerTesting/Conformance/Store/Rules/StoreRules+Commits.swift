import Foundation
import IdentityBroker

extension StoreRules {
    static let commits: [StoreRule<StoreBench>] = [
        StoreRule(
            "a commit performs all of its operations",
            because:
                "If a code is consumed but no grant is opened, or no event is written, a person has half a session."
        ) { bench in
            let store = try await bench.open()
            let whole = CommitBench(store, resolution: bench.timeResolution)
            try await whole.prepare()
            let consumed = try await store.mustCommit(whole.operations, "of operations that can be done")
            try require(
                consumed.map(\.key) == [.sample(3), .sample(4)],
                "\(consumed.count) records were consumed instead of two")
            try await whole.mustBeDone("after a commit")
        },
        StoreRule(
            "a refused commit changes nothing, whichever operation caused the refusal, and names it",
            because: "Anything put along with a code that was already used would be a second use of it."
        ) { bench in
            let store = try await bench.open()
            let whole = CommitBench(store, resolution: bench.timeResolution)
            try await whole.prepare()
            let refused: [(StoreOperation, found: Int?)] = [
                (.consume(.sample(90)), nil), (.put(.sample(91)), 1), (.put(.sample(91).next().next()), 1),
                (.put(.sample(92).next()), nil), (.require(.sample(91), version: 2), 1),
                (.require(.sample(92), version: nil), nil), (.consume(.sample(91), version: 2), 1),
                (.delete(.sample(91), version: 2), 1), (.delete(.sample(92), version: 1), nil),
            ]
            try await store.mustCommit([.put(.sample(91))], "of a new record")
            for (operation, found) in refused {
                for place in 0...whole.operations.count {
                    var operations = whole.operations
                    operations.insert(operation, at: place)
                    operations.append(.consume(.sample(99)))
                    try await store.mustRefuse(
                        operations, operation: place, found: found, "with one operation of many that could not be done")
                }
            }
            try await whole.mustBeUndone("after commits that were refused")
        },
        StoreRule(
            "commits that name the same records in different orders lose nothing, and all finish",
            because: "Transactions that lock the same records in different orders wait for each other forever."
        ) { bench in
            try await oppositeOrders(on: [bench.open()])
        },
        StoreRule(
            "a deletion by owner removes everything the owner has, and nothing else",
            because: "A person who signs out or is disabled must be signed out everywhere at once, and no one else."
        ) { bench in
            let store = try await bench.open()
            let (mine, both, other) = (
                RecordOwner.sample(1), Set([RecordOwner.sample(1), .sample(2)]), RecordOwner.sample(2)
            )
            let namesake = RecordOwner(kind: "account", id: mine.id)
            for number in 0..<50 {
                let owners: Set<RecordOwner> = number.isMultiple(of: 2) ? [mine] : both
                try await store.mustCommit(
                    [.put(.sample(number, kind: number % 3 == 0 ? "kit_other" : "kit_sample", owners: owners))],
                    "of a new record")
            }
            let (left, named) = (StoredRecord.sample(60, owners: [other]), StoredRecord.sample(61, owners: [namesake]))
            let (new, replaced) = (StoredRecord.sample(62, owners: [mine]), StoredRecord.sample(1, owners: both).next())
            try await store.mustCommit([.put(left), .put(named), .put(.sample(63, owners: []))], "of new records")
            try await store.mustCommit(
                [.put(new), .deleteAll(ownedBy: mine), .put(replaced)], "that deletes by owner and puts")
            try await store.mustList(
                [new.key, replaced.key], as: .owned(by: mine), "after a deletion by owner")
            try await store.mustList([left.key, replaced.key], as: .owned(by: other), "of another owner")
            try await store.mustList(
                [named.key], as: .owned(by: namesake), "of an owner of another kind with the same id")
            try await store.mustList(
                [replaced.key, left.key, named.key, new.key, .sample(63)], as: .all("kit_sample"),
                "after a deletion by owner")
            try await store.mustList([], as: .all("kit_other"), "of another kind, after a deletion by owner")
            try await store.mustHold(replaced, resolution: bench.timeResolution, "that was put along with the deletion")
        },
        StoreRule(
            "pages list each record once, in the order of the keys",
            because: "An operator lists all records, and there may be any number of them."
        ) { bench in
            let store = try await bench.open()
            let (owner, other) = (RecordOwner.sample(1), RecordOwner.sample(2))
            for number in (0..<23).map({ $0 * 7 % 23 }) {
                let owners: Set<RecordOwner> = number.isMultiple(of: 2) ? [owner] : [owner, other]
                try await store.mustCommit(
                    [.put(.sample(number, owners: owners)), .put(.sample(number, kind: "kit_other", owners: [owner]))],
                    "of new records")
            }
            let samples = (0..<23).map { RecordKey.sample($0) }
            let others = samples.map { RecordKey(kind: "kit_other", id: $0.id) }
            let selections: [(RecordSelection, [RecordKey])] = [
                (.all("kit_sample"), samples), (.owned(by: owner), others + samples),
                (.owned(by: owner, kind: "kit_sample"), samples), (.owned(by: other, kind: "kit_other"), []),
                (.owned(by: other), samples.filter { $0.id.rawValue.utf8.last.map { $0 % 2 == 1 } ?? false }),
            ]
            for (selection, expected) in selections {
                for count in [1, 5, 23, 100] {
                    let keys = try await store.keys(selection, atMost: count)
                    try require(keys == expected, "pages of \(count) listed \(keys.count) of \(expected.count) records")
                }
            }
            let least = try await store.records(.all("kit_sample"), after: nil, atMost: 0, at: .second(0))
            try require(
                least.records.count == 1, "a page of at most 0 has \(least.records.count) records instead of one")
        },
        StoreRule(
            "a page that ends early because of large records is followed by another",
            because: "A page is held in memory. A hundred of the largest records are more than a small machine has."
        ) { bench in
            let store = try await bench.open()
            let sizes = [400, 400, 400, 1_024, 0, 1, 1_023, 1, 1_024]
            for (number, size) in sizes.enumerated() {
                var record = StoredRecord.sample(number)
                record.body = Data(count: size * 1_024)
                try await store.mustCommit([.put(record)], "of a new record")
            }
            let selections: [RecordSelection] = [
                .all("kit_sample"), .owned(by: .sample(0)), .owned(by: .sample(0), kind: "kit_sample"),
            ]
            for selection in selections {
                let keys = try await store.keys(selection)
                try require(
                    keys == sizes.indices.map { .sample($0) },
                    "pages gave \(keys.count) of \(sizes.count) large records, or others")
            }
        },
        StoreRule(
            "a cancelled caller's commit is done completely or not at all",
            because: "Users disconnect at any moment. Half a commit uses up a code for nothing."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<20 {
                let attempt = CommitAttempt(number)
                try await attempt.prepare(store)
                let call = try await bench.makeCancelled("commit", early: number % 4 < 2) {
                    () async throws(StoreFailure) in
                    try await attempt.make(on: store)
                }
                try await attempt.check(call, on: store)
            }
        },
    ]

    /// Has callers count in several records at once, naming them in different orders.
    static func oppositeOrders(on stores: [any BrokerStore]) async throws {
        let (callers, rounds, keys) = (8, 10, (0..<3).map { RecordKey.sample($0) })
        try await stores[0].mustCommit(
            keys.map { .put(StoredRecord(key: $0, owners: [.sample(0)], body: Data())) }, "of new records")
        _ = try await race(callers) { caller in
            let store = stores[caller % stores.count]
            for _ in 0..<rounds {
                while true {
                    var puts: [StoreOperation] = []
                    for key in keys {
                        guard var record = try await store.record(key, at: .second(0)) else {
                            throw Observation("record(_:at:) returned nil while callers were counting in the record")
                        }
                        record.version += 1
                        record.body.append(UInt8(caller))
                        puts.append(.put(record))
                    }
                    let operations = caller.isMultiple(of: 2) ? puts : puts.reversed()
                    if case .done = try await store.commit(operations, at: .second(0)) { break }
                }
            }
        }
        for key in keys {
            let record = try await stores[0].record(key, at: .second(0))
            let count = record?.body.count ?? 0
            try require(
                count == callers * rounds && record?.version == count + 1,
                "callers counted \(callers * rounds) times in a record that shows \(count) in version \(record?.version ?? 0)"
            )
        }
    }
}
