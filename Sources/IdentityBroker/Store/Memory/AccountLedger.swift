import Foundation

/// The rules of accounts as a value: one account per identity.
struct AccountLedger: Sendable {
    private let capacity: Int
    private var accounts: [AccountID: Account] = [:]
    private var owners: [IdentityKey: AccountID] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(id: AccountID) -> Account? { accounts[id] }

    /// The account that a sign-in leads to; nil if it is a new one, and there is no room for it.
    func account(for signIn: SignIn) -> AccountID? {
        owners[signIn.key] ?? (accounts.count < capacity ? signIn.newAccount : nil)
    }

    /// Creates the account of a sign-in, or updates its identity.
    mutating func keep(_ signIn: SignIn, in id: AccountID) {
        guard owners[signIn.key] != nil, let account = accounts[id] else {
            accounts[id] = Account(id: id, identities: [LinkedIdentity(signIn)])
            owners[signIn.key] = id
            return
        }
        accounts[id] = Account(
            id: id, identities: account.identities.map { $0.key == signIn.key ? $0.updated(by: signIn) : $0 })
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

    fileprivate func updated(by signIn: SignIn) -> LinkedIdentity {
        // Logins may conclude out of order, but not by days: then the clock was set back.
        let isLatest = signIn.time >= lastLogin || lastLogin.timeIntervalSince(signIn.time) > 86_400
        return LinkedIdentity(
            key: key,
            provider: isLatest ? signIn.provider : provider,
            alternateIdentifiers: isLatest ? signIn.alternateIdentifiers : alternateIdentifiers,
            claims: isLatest ? signIn.claims : claims,
            firstLogin: min(firstLogin, signIn.time),
            lastLogin: isLatest ? signIn.time : lastLogin
        )
    }
}
