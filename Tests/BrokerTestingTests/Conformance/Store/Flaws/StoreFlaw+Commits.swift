import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let committing = [
        StoreFlaw(
            "forgets the events of commits",
            breaks: "a commit performs all of its operations"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                try await store.commit(
                    operations.map { if case .append = $0 { .delete(.nowhere) } else { $0 } }, at: now)
            }
        },
        StoreFlaw(
            "does what comes before the operation that it refuses",
            breaks: "a refused commit changes nothing, whichever operation caused the refusal, and names it"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                if case .refused(let refusal) = commit {
                    store.storage.force { $0.apply(Array(operations.prefix(refusal.operation)), at: now) }
                }
                return commit
            }
        },
        StoreFlaw(
            "writes the events of a commit that it refuses",
            breaks: "a refused commit changes nothing, whichever operation caused the refusal, and names it"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                guard case .refused = commit else { return commit }
                for case .append(let event) in operations { try await store.append(event) }
                return commit
            }
        },
        StoreFlaw(
            "names the last operation as the one that it refuses",
            breaks: "a refused commit changes nothing, whichever operation caused the refusal, and names it"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                guard case .refused(let refusal) = commit else { return commit }
                return .refused(CommitRefusal(operation: operations.count - 1, found: refusal.found))
            }
        },
        StoreFlaw(
            "is stopped where two wait for each other",
            breaks: "commits that name the same records in different orders lose nothing, and all finish",
            "commits across many stores that name the same records in different orders lose nothing, and all finish"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard operations.isCount else { return try await store.commit(operations, at: now) }
                let before = store.storage.force { $0.records.mapValues(\.record.version) }
                await store.storage.meet(at: "the records")
                let commit = try store.storage.change { ledger in
                    before == ledger.records.mapValues(\.record.version) ? ledger.commit(operations, at: now) : nil
                }
                guard let commit else { throw StoreFailure("A deadlock was detected.", mayHaveHappened: false) }
                return commit
            }
        },
        StoreFlaw(
            "deletes of an owner's records those of no other",
            breaks: "a deletion by owner removes everything the owner has, and nothing else"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let before = store.storage.force { $0.records }
                let commit = try await store.commit(operations, at: now)
                guard operations.contains(where: { if case .deleteAll = $0 { true } else { false } }) else {
                    return commit
                }
                store.storage.force { ledger in
                    for (key, record) in before where record.record.owners.count > 1 && ledger.records[key] == nil {
                        ledger.records[key] = record
                    }
                }
                return commit
            }
        },
        StoreFlaw(
            "deletes by an owner's id alone",
            breaks: "a deletion by owner removes everything the owner has, and nothing else"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                for case .deleteAll(let owner) in operations {
                    store.storage.force { ledger in
                        ledger.records = ledger.records.filter { entry in
                            !entry.value.record.owners.contains { $0.id == owner.id && $0.kind != owner.kind }
                        }
                    }
                }
                return commit
            }
        },
        StoreFlaw(
            "deletes by owner what it has just put",
            breaks: "a deletion by owner removes everything the owner has, and nothing else"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let commit = try await store.commit(operations, at: now)
                for case .deleteAll(let owner) in operations {
                    store.storage.force { $0.apply([.deleteAll(ownedBy: owner)], at: now) }
                }
                return commit
            }
        },
        StoreFlaw(
            "leaves out the first of each page but the first",
            breaks: "pages list each record once, in the order of the keys"
        ) {
            $0.records = { store, request throws(StoreFailure) in
                let page = try await request.page(of: store)
                guard request.after != nil else { return page }
                return RecordPage(
                    Array(page.records.dropFirst()), of: page.next == nil ? 1_000 : page.records.count - 1)
            }
        },
        StoreFlaw(
            "gives an owner's records of any kind",
            breaks: "pages list each record once, in the order of the keys"
        ) {
            $0.records = { store, request throws(StoreFailure) in
                var request = request
                if case .owned(let owner, _) = request.selection { request.selection = .owned(by: owner) }
                return try await request.page(of: store)
            }
        },
        StoreFlaw(
            "ends the pages of a selection where large records fill one",
            breaks: "a page that ends early because of large records is followed by another"
        ) {
            $0.records = { store, request throws(StoreFailure) in
                let page = try await request.page(of: store)
                return RecordPage(page.records, of: page.records.count < request.count ? .max : request.count)
            }
        },
        StoreFlaw(
            "stops a commit half-way when its caller is cancelled",
            breaks: "a cancelled caller's commit is done completely or not at all"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard Task.isCancelled else { return try await store.commit(operations, at: now) }
                store.storage.force { $0.apply(Array(operations.prefix(1)), at: now) }
                throw StoreFailure("Cancelled.", mayHaveHappened: true)
            }
        },
    ]
}

extension RecordKey {
    /// The key of a record that does not exist, another one each time.
    static var nowhere: RecordKey { RecordKey(kind: "none", id: RecordID(UUID())) }
}
