import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let ownership = "a sign-in's records are put with it, and belong to the resulting account"
    private static let taken = "a sign-in with a record whose id is taken fails completely, and no other does"
    private static let simultaneous =
        "of simultaneous sign-ins with the same record, one succeeds, and all others in between"
    private static let together =
        "the records of sign-ins beside deletions of all that their accounts own are kept or deleted together"

    static let signInRecords = [
        StoreFlaw(
            "puts records for the account that was proposed",
            breaks: ownership
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn, spending: reservation, recording: event)
                store.storage.force { $0.put(signIn, for: signIn.newAccount) }
                return id
            }
        },
        StoreFlaw(
            "puts records of the account alone",
            breaks: ownership
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let records = signIn.records.map { StoredRecord(key: $0.key, expiry: $0.expiry, body: $0.body) }
                return try await store.signIn(signIn.putting(records), spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "puts the first record of a sign-in alone",
            breaks: ownership, together
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let first = signIn.putting(Array(signIn.records.prefix(1)))
                return try await store.signIn(first, spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "deletes nothing that belongs to an account",
            breaks: "records of a sign-in are changed and deleted like all others"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                let others = operations.filter { operation in
                    if case .deleteAll(let owner) = operation { owner.kind != "account" } else { true }
                }
                return try await store.commit(others, at: now)
            }
        },
        StoreFlaw(
            "puts the records of a sign-in whatever is in their places",
            breaks: taken, simultaneous,
            "a sign-in with a record in a later version, or with too many owners, is refused"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn.putting([]), spending: reservation, recording: event)
                store.storage.force { $0.put(signIn, for: id) }
                return id
            }
        },
        StoreFlaw(
            "signs in without the records whose places are taken",
            breaks: taken, simultaneous
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let held = store.storage.force { Set($0.records.keys) }
                let free = signIn.putting(signIn.records.filter { !held.contains($0.key) })
                return try await store.signIn(free, spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "spends the credential of a sign-in that fails",
            breaks: taken
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                if let reservation { store.storage.force { $0.settle(reservation, as: .spent) } }
                return try await store.signIn(signIn, spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "keeps accounts and records where no other store finds them",
            breaks: "accounts and what is put with a sign-in outlive the store that kept them",
            "what one store does to accounts and their records is visible to others at once"
        ) { $0.open = { _ in NaiveStore(storage: NaiveStorage()) } },
    ]
}

extension SignIn {
    fileprivate func putting(_ records: [StoredRecord]) -> SignIn {
        SignIn(
            key: key, provider: provider, alternateIdentifiers: alternateIdentifiers, claims: claims,
            contacts: contacts, time: time,
            newAccount: newAccount, records: records)
    }
}
