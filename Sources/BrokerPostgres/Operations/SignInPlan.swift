import IdentityBroker

import Foundation

/// What sign-ins lead to, as ``LinkingPolicy`` decides on what the server found.
struct SignInPlan: Sendable {
    /// A record to put for an account.
    struct Put: Sendable {
        let record: StoredRecord
        /// The time by the caller's clock.
        let now: Int64
        /// Whether it takes the place of a record that has expired.
        let replaces: Bool
    }

    /// The result of each sign-in, in order.
    private(set) var results: [Result<AccountID, StoreFailure>] = []
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
    ///   - standing: Whether the ids of records that are there have become free, by the place of the one to put among all.
    init(_ signIns: [StoredSignIn], found: [Int: FoundIdentity], standing: [Int: Bool]) {
        var firstRecord = 0
        for (place, signIn) in signIns.enumerated() {
            let records = signIn.signIn.records
            let standing = records.indices.map { standing[firstRecord + $0] }
            firstRecord += records.count
            add(signIn, found: found[place], standing)
        }
    }

    /// - Parameter standing: For each record, whether its id has become free; nil if it was never taken.
    private mutating func add(_ stored: StoredSignIn, found: FoundIdentity?, _ standing: [Bool?]) {
        let signIn = stored.signIn
        let decision = LinkingPolicy.decide(signIn, found: found)
        do throws(StoreFailure) {
            let records = signIn.records.isEmpty ? [] : try signIn.plan(for: decision.account).put
            guard !standing.contains(false) else { throw .recordIsTaken }
            let now = Microseconds.since1970(signIn.time)
            puts += zip(records, standing).map { Put(record: $0, now: now, replaces: $1 == true) }
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
            results.append(.success(decision.account))
        } catch {
            results.append(.failure(error))
        }
    }

    private mutating func update(_ stored: StoredSignIn, _ found: FoundIdentity, of account: AccountID) {
        let update = found.update(stored.signIn.contacts, at: Microseconds.stored(stored.signIn.time))
        updates.append((stored, update))
        guard update.changesContacts else { return }
        if !found.contacts.isEmpty { losses.append(stored.key) }
        contacts += stored.signIn.contacts
        changes.append(account)
    }

    /// The entries of a batch without the sign-ins that are refused.
    func accepted(of entries: [RecordBatch.Entry]) -> [RecordBatch.Entry] {
        var rest = results[...]
        return entries.filter { entry in
            guard entry.signIn != nil, case .failure = rest.popFirst() else { return true }
            return false
        }
    }
}
