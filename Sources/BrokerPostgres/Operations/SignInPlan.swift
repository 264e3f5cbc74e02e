import IdentityBroker

import Foundation

/// What sign-ins lead to, as ``LinkingPolicy`` decides on what the server found.
struct SignInPlan: Sendable {
    /// A record whose id a sign-in wants.
    struct Standing: Sendable {
        let version: Int
        /// Whether it has expired, and its id has become free.
        let isFree: Bool
    }

    /// A record to put for an account.
    struct Put: Sendable {
        let record: StoredRecord
        /// The time by the caller's clock.
        let now: Int64
        /// Whether it takes the place of a record that has expired.
        let replaces: Bool
    }

    /// The result of each sign-in, in order.
    private(set) var results: [CommitResult] = []
    /// The account of the only sign-in; nil if it is refused.
    var account: AccountID? {
        guard case .done(_, let account)? = results.first else { return nil }
        return account
    }

    /// The accounts to create.
    private(set) var accounts: [(id: AccountID, made: Date)] = []
    /// The identities to link, and their accounts.
    private(set) var links: [(signIn: StoredSignIn, account: AccountID)] = []
    /// The identities to update.
    private(set) var updates: [(signIn: StoredSignIn, update: IdentityUpdate)] = []
    /// The accounts that get another version.
    private(set) var changes: [AccountID] = []
    /// The identities that have contacts which they lose.
    private(set) var losses: [IdentityKey] = []
    private(set) var contacts: [VerifiedContact] = []
    private(set) var puts: [Put] = []

    /// - Parameters:
    ///   - found: The identities that are there, by the place of the sign-in.
    ///   - standing: The records that are there, by the place of the one to put among all.
    init(_ signIns: [StoredSignIn], found: [Int: FoundIdentity], standing: [Int: Standing] = [:]) {
        var firstRecord = 0
        for (place, signIn) in signIns.enumerated() {
            let records = signIn.signIn.records
            let standing = records.indices.map { standing[firstRecord + $0] }
            firstRecord += records.count
            add(signIn, found: found[place], standing)
        }
    }

    /// - Parameter standing: What is in the place of each record.
    private mutating func add(_ stored: StoredSignIn, found: FoundIdentity?, _ standing: [Standing?]) {
        let signIn = stored.signIn
        if let taken = standing.lazy.compactMap(\.self).first(where: { !$0.isFree }) {
            results.append(.refused(CommitRefusal(operation: stored.place, found: taken.version)))
            return
        }
        let decision = LinkingPolicy.decide(signIn, found: found)
        let now = Microseconds.since1970(stored.now)
        puts += zip(signIn.records(for: decision.account), standing).map {
            Put(record: $0, now: now, replaces: $1 != nil)
        }
        switch (decision, found) {
        case (.existing(let account), let found?):
            update(stored, found, of: account)
        case (.existing(let account), nil):
            links.append((stored, account))
            contacts += signIn.contacts
            changes.append(account)
        case (.new(let account), _):
            accounts.append((account, signIn.time))
            links.append((stored, account))
            contacts += signIn.contacts
        }
        results.append(.done(account: decision.account))
    }

    private mutating func update(_ stored: StoredSignIn, _ found: FoundIdentity, of account: AccountID) {
        let update = found.update(stored.signIn.contacts, at: Microseconds.stored(stored.signIn.time))
        updates.append((stored, update))
        guard update.changesContacts else { return }
        if !found.contacts.isEmpty { losses.append(stored.key) }
        contacts += stored.signIn.contacts
        changes.append(account)
    }

    /// The conclusions of a batch without those whose sign-ins are refused.
    func accepted(of entries: [ConclusionBatch.Entry]) -> [Conclusion] {
        var rest = results[...]
        return entries.map(\.conclusion).filter { conclusion in
            guard conclusion.signIn != nil, case .refused = rest.popFirst() else { return true }
            return false
        }
    }
}
