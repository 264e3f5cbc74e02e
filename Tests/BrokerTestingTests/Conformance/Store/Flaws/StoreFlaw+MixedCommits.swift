import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let whole = "a commit of credentials, a sign-in, records and an event does all of it"
    private static let refused =
        "a refused commit of several kinds changes nothing, whichever operation caused the refusal, and names the first"
    private static let oneReserving =
        "of simultaneous commits that reserve one credential among other things, one is done, and the others leave nothing"
    private static let oneReservingAcrossStores =
        "of commits over many stores that reserve one credential among other things, one is done"
    private static let opposite =
        "commits of several kinds over many stores, in opposite orders, all come to an end, and one of each is done"

    static let mixedCommits = [
        StoreFlaw(
            "reserves nothing in a commit that does more",
            breaks: whole, refused, oneReserving, oneReservingAcrossStores
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                try await store.commit(
                    operations.map { if case .reserve = $0 { .delete(RecordKey.nowhere) } else { $0 } }, at: now)
            }
        },
        StoreFlaw(
            "does not say which account a commit has led to",
            breaks: whole
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let result = try await store.commit(operations, at: now)
                guard case .done(let consumed, _) = result else { return result }
                return .done(consumed: consumed)
            }
        },
        StoreFlaw(
            "spends the credential of a commit that it refuses",
            breaks: refused
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let result = try await store.commit(operations, at: now)
                guard case .refused = result else { return result }
                for case .settle(let reservation, let outcome) in operations {
                    store.storage.force { $0.settle(reservation, as: outcome) }
                }
                return result
            }
        },
        StoreFlaw(
            "makes the account of a commit that it refuses",
            breaks: refused
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let result = try await store.commit(operations, at: now)
                guard case .refused = result else { return result }
                for case .signIn(let signIn) in operations { store.storage.force { _ = $0.signIn(signIn) } }
                return result
            }
        },
        StoreFlaw(
            "looks at records first and at credentials then",
            breaks: refused
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let others = operations.map { if case .reserve = $0 { StoreOperation.delete(.nowhere) } else { $0 } }
                let isHeld = store.storage.force { ledger in
                    operations.contains { operation in
                        if case .reserve(let reservation) = operation {
                            ledger.holds[reservation.key] != nil
                        } else {
                            false
                        }
                    }
                }
                guard isHeld else { return try await store.commit(operations, at: now) }
                let result = try store.storage.change { ledger in
                    var copy = ledger
                    return copy.commit(others, at: now)
                }
                if case .refused = result { return result }
                return try await store.commit(operations, at: now)
            }
        },
        StoreFlaw(
            "looks for a credential first and does the rest then",
            breaks: oneReserving, oneReservingAcrossStores
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard operations.count == 3, case .reserve(let reservation) = operations[1] else {
                    return try await store.commit(operations, at: now)
                }
                let isHeld = store.storage.force { $0.holds[reservation.key] != nil }
                guard !isHeld else { return .refused(CommitRefusal(operation: 1)) }
                await store.storage.meet(at: "the credential")
                try store.storage.change { $0.apply(operations, at: now) }
                return .done()
            }
        },
        StoreFlaw(
            "takes whatever it is asked",
            breaks: "a commit with two sign-ins, or two operations on one credential or record, is refused"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                try store.storage.change { $0.commit(operations, at: now) }
            }
        },
        StoreFlaw(
            "is stopped where two of several kinds wait for each other",
            breaks: opposite
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                guard operations.count == 6 else { return try await store.commit(operations, at: now) }
                let before = store.storage.force { $0.holds.count }
                await store.storage.meet(at: "the credentials")
                let result = try store.storage.change { ledger in
                    before == ledger.holds.count ? ledger.commit(operations, at: now) : nil
                }
                guard let result else { throw StoreFailure("A deadlock was detected.", mayHaveHappened: false) }
                return result
            }
        },
    ]
}
