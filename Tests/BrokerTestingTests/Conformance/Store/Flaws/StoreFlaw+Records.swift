import Foundation
import IdentityBroker

extension StoreFlaw {
    static let recordKeeping = [
        StoreFlaw(
            "ends bodies at their first NUL",
            breaks: "a record is returned as it was put, byte for byte"
        ) {
            $0.record = { store, key, now throws(StoreFailure) in
                guard var record = try await store.record(key, at: now) else { return nil }
                let end = record.body.firstIndex(of: 0) ?? record.body.endIndex
                record.body = Data(record.body[..<end])
                return record
            }
        },
        StoreFlaw(
            "forgets the owners of what it consumes",
            breaks: "a record is returned as it was put, byte for byte"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                guard case .done(var consumed, _) = commit else { return commit }
                for index in consumed.indices { consumed[index].owners = [] }
                return .done(consumed: consumed)
            }
        },
        StoreFlaw(
            "finds a record by its id alone",
            breaks: "a record that was never put does not exist, whatever else has its id"
        ) {
            $0.record = { store, key, now throws(StoreFailure) in
                try store.storage.change { ledger in ledger.records.first { $0.key.id == key.id }?.value.record }
            }
        },
        StoreFlaw(
            "puts a record whatever its version",
            breaks: "a record is put one version at a time",
            "exactly one of many simultaneous callers puts a version of a record",
            "exactly one of many simultaneous callers across many stores puts a version of a record",
            "commits that name the same records in different orders lose nothing, and all finish",
            "commits across many stores that name the same records in different orders lose nothing, and all finish"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                if operations.isCount { await store.storage.meet(at: "the records") }
                return try store.storage.change { ledger in
                    ledger.apply(operations, at: now)
                    return .done(consumed: [])
                }
            }
        },
        StoreFlaw(
            "looks at the version first and puts the record then",
            breaks: "exactly one of many simultaneous callers puts a version of a record",
            "exactly one of many simultaneous callers across many stores puts a version of a record"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard case .put(let record)? = operations.first,
                    try await store.record(record.key, at: now)?.version ?? 0 == record.version - 1
                else { return try await store.commit(operations, at: now) }
                await store.storage.meet(at: "version \(record.version)")
                try store.storage.change { $0.apply(operations, at: now) }
                return .done(consumed: [])
            }
        },
        StoreFlaw(
            "keeps the first owners of a record",
            breaks: "a put replaces expiry, owners and body"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let kept = store.storage.force { $0.records.mapValues(\.record.owners) }
                return try await store.commit(
                    operations.map { operation in
                        guard case .put(var record) = operation else { return operation }
                        record.owners = kept[record.key] ?? record.owners
                        return .put(record)
                    }, at: now)
            }
        },
        StoreFlaw(
            "gives what is to be consumed, and leaves it there",
            breaks: "a record is consumed once",
            "exactly one of a thousand racing callers consumes a record",
            "exactly one of many simultaneous callers across many stores consumes a record"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let before = store.storage.force { $0.records }
                let commit = try await store.commit(operations, at: now)
                for case .consume(let key, _) in operations { store.storage.force { $0.records[key] = before[key] } }
                return commit
            }
        },
        StoreFlaw(
            "looks for a record first and consumes it then",
            breaks: "exactly one of a thousand racing callers consumes a record",
            "exactly one of many simultaneous callers across many stores consumes a record"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard case .consume(let key, _)? = operations.first, let record = try await store.record(key, at: now)
                else {
                    return try await store.commit(operations, at: now)
                }
                await store.storage.meet(at: "\(key)")
                try store.storage.change { $0.apply(operations, at: now) }
                return .done(consumed: [record])
            }
        },
        StoreFlaw(
            "reads the body of all that it reads",
            breaks: "a body that cannot be decoded affects only its own record"
        ) {
            $0.records = { store, request throws(StoreFailure) in
                let page = try await request.page(of: store)
                let isSound = page.records.allSatisfy { (try? JSONSerialization.jsonObject(with: $0.body)) != nil }
                guard isSound else { throw StoreFailure("It is broken.", mayHaveHappened: false, reason: .corrupt) }
                return page
            }
        },
        StoreFlaw(
            "takes a body that cannot be decoded for none",
            breaks: "a body that cannot be decoded affects only its own record"
        ) {
            $0.record = { store, key, now throws(StoreFailure) in
                let record = try await store.record(key, at: now)
                return record.flatMap { (try? JSONSerialization.jsonObject(with: $0.body)) == nil ? nil : $0 }
            }
        },
        StoreFlaw(
            "keeps records where no other store finds them",
            breaks:
                "records outlive the store that kept them, and what one store does to them is visible to others at once"
        ) { $0.open = { _ in NaiveStore(storage: NaiveStorage()) } },
    ]
}

extension [StoreOperation] {
    /// Whether the operations count in several records at once, as the racing callers do.
    var isCount: Bool {
        guard count == 3, case .put(let record)? = first else { return false }
        return record.version > 1
    }
}
