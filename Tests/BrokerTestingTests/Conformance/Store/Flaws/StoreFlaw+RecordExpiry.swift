import Foundation
import IdentityBroker

extension StoreFlaw {
    static let recordExpiry = [
        StoreFlaw(
            "keeps what has expired until it is purged",
            breaks: "a record exists until its expiry, and no longer",
            "a clock that is ahead frees no id and deletes nothing"
        ) {
            $0.record = { store, key, _ throws(StoreFailure) in try await store.record(key, at: .distantPast) }
            $0.records = { store, request throws(StoreFailure) in
                var request = request
                request.now = .distantPast
                return try await request.page(of: store)
            }
        },
        StoreFlaw(
            "consumes what has expired",
            breaks: "a record exists until its expiry, and no longer",
            "a clock that is ahead frees no id and deletes nothing"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard case .consume? = operations.first else { return try await store.commit(operations, at: now) }
                return try await store.commit(operations, at: .distantPast)
            }
        },
        StoreFlaw(
            "goes by the caller's clock alone",
            breaks: "a clock that is ahead frees no id and deletes nothing"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                store.storage.force { ledger in
                    ledger.records = ledger.records.filter { $0.value.record.expiry ?? .distantFuture > now }
                }
                return try await store.commit(operations, at: now)
            }
        },
        StoreFlaw(
            "leaves all that has expired to the purge",
            breaks: "a deletion by owner removes what has just expired as well"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let expired = store.storage.force { ledger in
                    ledger.records.filter { $0.value.record.expiry ?? .distantFuture <= now }
                }
                let commit = try await store.commit(operations, at: now)
                store.storage.force { $0.records.merge(expired) { new, _ in new } }
                return commit
            }
        },
        StoreFlaw(
            "leaves to the purge what has expired an hour ago by the caller's clock alone",
            breaks: "a deletion by owner removes what has just expired as well"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard operations.contains(where: { if case .deleteAll = $0 { true } else { false } }) else {
                    return try await store.commit(operations, at: now)
                }
                let expired = store.storage.force { ledger in
                    ledger.records.filter { $0.value.kept.map { $0 <= now.addingTimeInterval(-3_600) } ?? false }
                }
                let commit = try await store.commit(operations, at: now)
                store.storage.force { $0.records.merge(expired) { new, _ in new } }
                return commit
            }
        },
        StoreFlaw(
            "counts all of an owner's records, however long ago they expired",
            breaks: "records that expired long ago do not prevent the deletion of their owner's others"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                for case .deleteAll(let owner) in operations {
                    let count = store.storage.force { ledger in
                        ledger.records.values.count { $0.record.owners.contains(owner) }
                    }
                    guard count <= StoreOperation.mostOwned else {
                        throw StoreFailure("There are too many records.", mayHaveHappened: false)
                    }
                }
                return try await store.commit(operations, at: now)
            }
        },
        StoreFlaw(
            "keeps a record by its own expiry alone",
            breaks: "a record written by a clock that is behind is kept as long as requested, by the store's time"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                store.storage.force { ledger in
                    for (key, held) in ledger.records { ledger.records[key]?.kept = held.record.expiry }
                }
                return commit
            }
        },
        StoreFlaw(
            "never forgets a record",
            breaks: "a purge removes expired records, no more than requested, oldest first, and counts them"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                let records = store.storage.force { $0.records }
                defer { store.storage.force { $0.records = records } }
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "forgets all records that have expired, and says as many as it was told to",
            breaks: "a purge removes expired records, no more than requested, oldest first, and counts them"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                min(count, try await store.purge(at: now, atMost: .max))
            }
        },
    ]
}
