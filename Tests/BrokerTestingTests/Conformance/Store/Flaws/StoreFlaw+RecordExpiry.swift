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
