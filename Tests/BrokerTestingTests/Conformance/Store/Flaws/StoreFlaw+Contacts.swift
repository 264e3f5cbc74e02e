import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let current =
        "an account shows the verified contacts of its identity as of the latest login, and counts their changes"
    private static let exact = "an account is found by its verified contacts, byte for byte, and by nothing else"
    private static let separate =
        "identities with the same verified contact keep accounts of their own, which are found in their order"

    static let contacts = [
        StoreFlaw("keeps the contacts of the first login", breaks: current, exact) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let known = store.storage.force { ledger in
                    ledger.accounts.first { $0.value.key == signIn.key }.map { ledger.contacts[$0.key] ?? [] }
                }
                return try await store.signIn(
                    signIn.verifying(known ?? signIn.contacts), spending: reservation, recording: event)
            }
        },
        StoreFlaw("takes the contacts of the last login to arrive", breaks: current) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn, spending: reservation, recording: event)
                store.storage.force { $0.contacts[id] = signIn.contacts }
                return id
            }
        },
        StoreFlaw("counts every login as a change of the account", breaks: current) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn, spending: reservation, recording: event)
                store.storage.force { $0.versions[id, default: 0] += 1 }
                return id
            }
        },
        StoreFlaw("compares contacts without their case", breaks: exact) {
            $0.accounts = { store, kind, value, count throws(StoreFailure) in
                try store.storage.change { ledger in
                    let found = ledger.order.filter { id in
                        ledger.contacts[id]?.contains {
                            $0.kind == kind && $0.value.lowercased() == value.lowercased()
                        } == true
                    }
                    return Array(found.prefix(count))
                }
            }
        },
        StoreFlaw("finds a contact of any kind", breaks: exact) {
            $0.accounts = { store, kind, value, count throws(StoreFailure) in
                var found: [AccountID] = []
                for kind in VerifiedContact.Kind.allCases {
                    found += try await store.accounts(with: kind, value, atMost: count)
                }
                return found
            }
        },
        StoreFlaw("gives an identity the account that has its contact", breaks: separate) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                if let contact = signIn.contacts.first {
                    let found = try await store.accounts(with: contact.kind, contact.value, atMost: 1)
                    if let account = found.first { return account }
                }
                return try await store.signIn(signIn, spending: reservation, recording: event)
            }
        },
        StoreFlaw("finds as many accounts as there are", breaks: separate) {
            $0.accounts = { store, kind, value, _ throws(StoreFailure) in
                try await store.accounts(with: kind, value, atMost: .max)
            }
        },
    ]
}

extension SignIn {
    fileprivate func verifying(_ contacts: [VerifiedContact]) -> SignIn {
        SignIn(
            key: key, provider: provider, alternateIdentifiers: alternateIdentifiers, claims: claims,
            contacts: contacts, time: time, newAccount: newAccount, records: records)
    }
}
