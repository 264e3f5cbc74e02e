import Foundation
import IdentityBroker

extension StoreFlaw {
    static let sharingRecords = [
        StoreFlaw(
            "consumes and deletes a record whatever its version",
            breaks: "a record is consumed or deleted in the requested version, or not at all",
            "a refused commit changes nothing, whichever operation caused the refusal, and names it"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                try await store.commit(
                    operations.map { operation in
                        switch operation {
                        case .consume(let key, _): .consume(key)
                        case .delete(let key, _): .delete(key)
                        default: operation
                        }
                    }, at: now)
            }
        },
        StoreFlaw(
            "looks at a version first and consumes the record then",
            breaks: "exactly one of many who decide on the same version of a record over many stores succeeds"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                switch operations.first {
                case .consume(let key, let version?):
                    guard let record = try await store.record(key, at: now), record.version == version else {
                        return .refused(CommitRefusal(operation: 0, found: nil))
                    }
                    store.storage.tell("it is read")
                    await store.storage.wait(for: "it is changed")
                    try store.storage.change { $0.apply(operations, at: now) }
                    return .done(consumed: [record])
                case .delete: return .refused(CommitRefusal(operation: 0, found: nil))
                case .put(let record) where record.version > 1:
                    await store.storage.wait(for: "it is read")
                    defer { store.storage.tell("it is changed") }
                    return try await store.commit(operations, at: now)
                default: return try await store.commit(operations, at: now)
                }
            }
        },
        StoreFlaw(
            "looks for a required record first and does the rest then",
            breaks: "nothing that requires a record outlives its deletion over many stores"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                switch operations.first {
                case .require(let key, _):
                    guard try await store.record(key, at: now) != nil else {
                        return .refused(CommitRefusal(operation: 0, found: nil))
                    }
                    store.storage.tell("it is required")
                    await store.storage.wait(for: "it is deleted")
                    return try await store.commit(Array(operations.dropFirst()), at: now)
                case .delete:
                    await store.storage.wait(for: "it is required")
                    defer { store.storage.tell("it is deleted") }
                    return try await store.commit(operations, at: now)
                default: return try await store.commit(operations, at: now)
                }
            }
        },
        StoreFlaw(
            "looks for an owner's records first and deletes them then",
            breaks:
                "records that change owner while all of the owner's are deleted over many stores are kept or deleted together"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                switch operations.first {
                case .deleteAll(let owner):
                    let page = try await store.records(.owned(by: owner), after: nil, atMost: 100, at: now)
                    store.storage.tell("they are found")
                    await store.storage.wait(for: "they have left")
                    return try await store.commit(page.records.map { .delete($0.key) }, at: now)
                case .put(let record) where record.version > 1:
                    await store.storage.wait(for: "they are found")
                    defer { store.storage.tell("they have left") }
                    return try await store.commit(operations, at: now)
                default: return try await store.commit(operations, at: now)
                }
            }
        },
        StoreFlaw(
            "is stopped where it requires what another changes",
            breaks: "commits over many stores that require what others change, in other orders, all come to an end"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard case .require? = operations.first else { return try await store.commit(operations, at: now) }
                let before = store.storage.force { $0.records.mapValues(\.record.version) }
                await store.storage.meet(at: "what is required")
                let commit = try store.storage.change { ledger in
                    before == ledger.records.mapValues(\.record.version) ? ledger.commit(operations, at: now) : nil
                }
                guard let commit else { throw StoreFailure("A deadlock was detected.", mayHaveHappened: false) }
                return commit
            }
        },
    ]
}
