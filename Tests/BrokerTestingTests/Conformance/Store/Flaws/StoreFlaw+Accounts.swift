import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let accounts = [
        StoreFlaw(
            "makes an account at each login",
            breaks: "the first login of an identity creates its account, and later ones find it",
            "many simultaneous first logins of one identity get one account",
            "simultaneous logins of many identities across many stores get their accounts",
            "simultaneous logins of one identity with other contacts across many stores leave those of the latest"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                try await store.append(event)
                return try store.storage.change { ledger in
                    ledger.link(signIn, to: signIn.newAccount, known: nil)
                    return signIn.newAccount
                }
            }
        },
        StoreFlaw(
            "looks for the account first and makes it then",
            breaks: "many simultaneous first logins of one identity get one account",
            "many simultaneous first logins of one identity across many stores get one account"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let isNew = store.storage.force { !$0.accounts.values.contains { $0.key == signIn.key } }
                guard isNew else { return try await store.signIn(signIn, spending: reservation, recording: event) }
                await store.storage.meet(at: signIn.key.subject)
                try await store.append(event)
                return try store.storage.change { ledger in
                    ledger.link(signIn, to: signIn.newAccount, known: nil)
                    return signIn.newAccount
                }
            }
        },
        StoreFlaw(
            "compares subjects without their case",
            breaks: "identities that differ in issuer or subject have separate accounts"
        ) { $0.rekey { IdentityKey(issuer: $0.issuer, subject: $0.subject.lowercased()) } },
        StoreFlaw(
            "keys accounts by the subject alone",
            breaks: "identities that differ in issuer or subject have separate accounts"
        ) { $0.rekey { key in Issuer("one").map { IdentityKey(issuer: $0, subject: key.subject) } ?? key } },
        StoreFlaw(
            "keeps what the first login showed",
            breaks: "an account shows its identity as of the latest login"
        ) {
            $0.linking { signIn, known in
                known.map { signIn.replacing($0.alternateIdentifiers, $0.claims, at: signIn.time) } ?? signIn
            }
        },
        StoreFlaw(
            "takes the last login to arrive for the latest",
            breaks: "an identity's times never go backwards, and its claims stay those of the latest login"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn, spending: reservation, recording: event)
                store.storage.force { ledger in
                    let first = ledger.accounts[id]?.firstLogin ?? signIn.time
                    ledger.accounts[id] = LinkedIdentity(
                        key: signIn.key, provider: signIn.provider,
                        alternateIdentifiers: signIn.alternateIdentifiers, claims: signIn.claims, firstLogin: first,
                        lastLogin: signIn.time)
                }
                return id
            }
        },
        StoreFlaw(
            "ends texts of identities at their first NUL",
            breaks: "every text of an identity is returned byte for byte, even a long one"
        ) {
            $0.linking { signIn, _ in
                let claims = String(signIn.claims.prefix { $0 != "\u{0}" })
                return signIn.replacing(signIn.alternateIdentifiers, claims, at: signIn.time)
            }
        },
        StoreFlaw(
            "keeps no scope that is empty",
            breaks: "every text of an identity is returned byte for byte, even a long one"
        ) {
            $0.linking { signIn, _ in
                let alternates = signIn.alternateIdentifiers.map { alternate in
                    var alternate = alternate
                    if alternate.scope == "" { alternate.scope = nil }
                    return alternate
                }
                return signIn.replacing(alternates, signIn.claims, at: signIn.time)
            }
        },
        StoreFlaw(
            "finds an account for any id",
            breaks: "an unknown account id finds no account"
        ) {
            $0.account = { store, id throws(StoreFailure) in
                try store.storage.change { ledger in
                    ledger.accounts.values.first.map { Account(id: id, identities: [$0]) }
                }
            }
        },
        StoreFlaw(
            "signs in without spending the credential",
            breaks: "a sign-in spends the credential and writes the event"
        ) {
            $0.signIn = { store, signIn, _, event throws(StoreFailure) in
                try await store.signIn(signIn, spending: nil, recording: event)
            }
        },
        StoreFlaw(
            "signs in without an event where nothing was reserved",
            breaks: "a sign-in spends the credential and writes the event"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                guard reservation == nil else {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                }
                return try store.storage.change { $0.signIn(signIn) }
            }
        },
        StoreFlaw(
            "spends the credential whoever holds it",
            breaks: "a sign-in does not touch the reservations of other logins"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                if let reservation { store.storage.force { $0.holds[reservation.key]?.isSpent = true } }
                return try await store.signIn(signIn, spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "stops a sign-in half-way when its caller is cancelled",
            breaks: "a cancelled caller's sign-in is stored completely or not at all"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                try await store.append(event)
                if Task.isCancelled { throw StoreFailure("Cancelled.", mayHaveHappened: true) }
                return try store.storage.change { ledger in
                    if let reservation { ledger.settle(reservation, as: .spent) }
                    return ledger.signIn(signIn)
                }
            }
        },
    ]

    /// Makes the store find accounts by a key other than the identity's.
    private mutating func rekey(_ change: @escaping @Sendable (IdentityKey) -> IdentityKey) {
        signIn = { store, signIn, reservation, event throws(StoreFailure) in
            let rekeyed = SignIn(
                key: change(signIn.key), provider: signIn.provider, alternateIdentifiers: signIn.alternateIdentifiers,
                claims: signIn.claims, contacts: signIn.contacts, time: signIn.time, newAccount: signIn.newAccount,
                records: signIn.records)
            return try await store.signIn(rekeyed, spending: reservation, recording: event)
        }
    }

    /// Makes the store keep other data about the person, which may depend on what was known.
    private mutating func linking(_ change: @escaping @Sendable (SignIn, LinkedIdentity?) -> SignIn) {
        signIn = { store, signIn, reservation, event throws(StoreFailure) in
            let known = store.storage.force { $0.accounts.values.first { $0.key == signIn.key } }
            return try await store.signIn(change(signIn, known), spending: reservation, recording: event)
        }
    }
}

extension SignIn {
    fileprivate func replacing(_ alternates: [AlternateIdentifier], _ claims: String, at time: Date) -> SignIn {
        SignIn(
            key: key, provider: provider, alternateIdentifiers: alternates, claims: claims, contacts: contacts,
            time: time,
            newAccount: newAccount, records: records)
    }
}
