import Foundation
import IdentityBroker

extension StoreFlaw {
    static let grants = [
        StoreFlaw(
            "opens grants for the account that was proposed",
            breaks: "a grant is opened with its sign-in, for the resulting account"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = try await store.signIn(signIn, spending: reservation, recording: event)
                if let proposal = signIn.grant {
                    let grant = Grant(proposal, for: signIn.newAccount, from: signIn.provider, at: signIn.time)
                    store.storage.force { $0.grants[proposal.id] = grant }
                }
                return id
            }
        },
        StoreFlaw(
            "makes a grant that it is to replace",
            breaks: "an unknown grant id finds no grant"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                if try await store.grant(grant.id) == nil { store.storage.force { $0.grants[grant.id] = grant } }
                return try await store.replace(grant, recording: event)
            }
        },
        StoreFlaw(
            "normalizes the details of grants",
            breaks: "every text of a grant is returned byte for byte, even a long one"
        ) {
            $0.grant = { store, id throws(StoreFailure) in
                guard var grant = try await store.grant(id) else { return nil }
                grant.details = grant.details.precomposedStringWithCanonicalMapping
                return grant
            }
        },
        StoreFlaw(
            "replaces a grant whatever its version",
            breaks: "a grant is replaced one version at a time",
            "exactly one of many simultaneous replacements of a grant succeeds",
            "exactly one of many simultaneous replacements of a grant across many stores succeeds",
            "the event of a replacement is written with it, and only with it"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                try await store.append(event)
                return try store.storage.change { ledger in
                    guard ledger.grants[grant.id] != nil else { return false }
                    ledger.grants[grant.id] = grant
                    return true
                }
            }
        },
        StoreFlaw(
            "looks at the version first and replaces the grant then",
            breaks: "exactly one of many simultaneous replacements of a grant succeeds",
            "exactly one of many simultaneous replacements of a grant across many stores succeeds"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                guard try await store.grant(grant.id)?.version == grant.version - 1 else { return false }
                await store.storage.meet(at: "\(grant.id) \(grant.version)")
                try await store.append(event)
                return try store.storage.change { ledger in
                    ledger.grants[grant.id] = grant
                    return true
                }
            }
        },
        StoreFlaw(
            "replaces all of a grant",
            breaks: "a replacement changes one grant, and only what may change"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                let isReplaced = try await store.replace(grant, recording: event)
                if isReplaced { store.storage.force { $0.grants[grant.id] = grant } }
                return isReplaced
            }
        },
        StoreFlaw(
            "forgets to write that a grant was revoked",
            breaks: "a grant is replaced one version at a time"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                var grant = grant
                grant.isRevoked = false
                return try await store.replace(grant, recording: event)
            }
        },
        StoreFlaw(
            "writes the event of a replacement that was refused",
            breaks: "the event of a replacement is written with it, and only with it",
            "exactly one of many simultaneous replacements of a grant succeeds"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                if try await store.replace(grant, recording: event) { return true }
                try await store.append(event)
                return false
            }
        },
        StoreFlaw(
            "never forgets a grant",
            breaks: "a purge removes grants at their expiry and not before, and counts them",
            "a purge removes no more grants than requested, oldest first",
            "a purge uses a grant's current expiry"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                let grants = store.storage.force { $0.grants }
                defer { store.storage.force { $0.grants = grants } }
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "forgets revoked grants at any purge",
            breaks: "a purge removes grants at their expiry and not before, and counts them"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                store.storage.force { ledger in ledger.grants = ledger.grants.filter { !$0.value.isRevoked } }
                return try await store.purge(at: now, atMost: count)
            }
        },
        StoreFlaw(
            "forgets all that has expired, and says as many as it was told to",
            breaks: "a purge removes no more grants than requested, oldest first"
        ) {
            $0.purge = { store, now, count throws(StoreFailure) in
                min(count, try await store.purge(at: now, atMost: .max))
            }
        },
        StoreFlaw(
            "goes by the expiry that a grant was opened with",
            breaks: "a purge uses a grant's current expiry"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                var grant = grant
                grant.expiry = try await store.grant(grant.id)?.expiry ?? grant.expiry
                return try await store.replace(grant, recording: event)
            }
        },
        StoreFlaw(
            "keeps grants where no other store finds them",
            breaks: "accounts and grants outlive the store that kept them",
            "what one store does to accounts and grants is visible to others at once"
        ) { $0.open = { _ in NaiveStore(storage: NaiveStorage()) } },
        StoreFlaw(
            "tells no other store that a grant was revoked",
            breaks: "what one store does to accounts and grants is visible to others at once"
        ) {
            $0.grant = { store, id throws(StoreFailure) in
                var grant = try await store.grant(id)
                grant?.isRevoked = false
                return grant
            }
        },
    ]
}
