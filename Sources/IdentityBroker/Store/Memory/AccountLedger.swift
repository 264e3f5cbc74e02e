import Foundation

/// The rules of accounts as a value: one account per identity.
struct AccountLedger: Sendable {
    /// A contact by its bytes: equal texts may differ in them.
    private struct Contact: Hashable {
        private let kind: VerifiedContact.Kind
        private let bytes: [UInt8]

        init(kind: VerifiedContact.Kind, value: String) {
            self.kind = kind
            bytes = Array(value.utf8)
        }
    }

    private let capacity: Int
    private var accounts: [AccountID: Account] = [:]
    private var owners: [IdentityKey: AccountID] = [:]
    /// The identities that have a contact, in the order in which they were linked.
    private var holders: [Contact: [IdentityKey]] = [:]
    private var places: [IdentityKey: Int] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(id: AccountID) -> Account? { accounts[id] }

    func accounts(with kind: VerifiedContact.Kind, _ value: String, atMost count: Int) -> [AccountID] {
        let identities = holders[Contact(kind: kind, value: value), default: []]
        let first = identities.sorted { places[$0, default: 0] < places[$1, default: 0] }.prefix(count)
        return AccountList.distinct(first.compactMap { owners[$0] })
    }

    /// The account that a sign-in leads to; nil if it is a new one, and there is no room for it.
    func account(for signIn: SignIn) -> AccountID? {
        switch LinkingPolicy.decide(signIn, found: found(signIn.key)) {
        case .existing(let id): id
        case .new(let id): accounts.count < capacity ? id : nil
        }
    }

    /// Creates the account of a sign-in, or updates its identity.
    mutating func keep(_ signIn: SignIn, in id: AccountID) {
        guard let found = found(signIn.key), let account = accounts[id] else {
            accounts[id] = Account(id: id, identities: [LinkedIdentity(signIn)], contacts: signIn.contacts)
            owners[signIn.key] = id
            places[signIn.key] = places.count
            hold(signIn.contacts)
            return
        }
        let update = found.update(signIn.contacts, at: signIn.time)
        let identities = account.identities.map { $0.key == signIn.key ? $0.updated(by: signIn, update) : $0 }
        guard update.changesContacts else {
            accounts[id] = Account(
                id: id, version: account.version, identities: identities, contacts: account.contacts)
            return
        }
        for contact in found.contacts {
            holders[Contact(kind: contact.kind, value: contact.value)]?.removeAll { $0 == signIn.key }
        }
        hold(signIn.contacts)
        let contacts = identities.flatMap { identity in
            identity.key == signIn.key ? signIn.contacts : account.contacts.filter { $0.identity == identity.key }
        }
        accounts[id] = Account(id: id, version: account.version + 1, identities: identities, contacts: contacts)
    }

    private func found(_ key: IdentityKey) -> FoundIdentity? {
        guard let id = owners[key], let account = accounts[id],
            let identity = account.identities.first(where: { $0.key == key })
        else { return nil }
        return FoundIdentity(
            account: id, firstLogin: identity.firstLogin, lastLogin: identity.lastLogin,
            contacts: account.contacts.filter { $0.identity == key })
    }

    private mutating func hold(_ contacts: [VerifiedContact]) {
        for contact in contacts {
            holders[Contact(kind: contact.kind, value: contact.value), default: []].append(contact.identity)
        }
    }
}

extension LinkedIdentity {
    /// The identity as of its first login.
    fileprivate init(_ signIn: SignIn) {
        self.init(
            key: signIn.key,
            provider: signIn.provider,
            alternateIdentifiers: signIn.alternateIdentifiers,
            claims: signIn.claims,
            firstLogin: signIn.time,
            lastLogin: signIn.time
        )
    }

    fileprivate func updated(by signIn: SignIn, _ update: IdentityUpdate) -> LinkedIdentity {
        LinkedIdentity(
            key: key,
            provider: update.isLatest ? signIn.provider : provider,
            alternateIdentifiers: update.isLatest ? signIn.alternateIdentifiers : alternateIdentifiers,
            claims: update.isLatest ? signIn.claims : claims,
            firstLogin: update.firstLogin,
            lastLogin: update.lastLogin
        )
    }
}
