public import Foundation

/// Which account a login leads to: a decision without side effects, which a store takes within its transaction, on what it
/// has looked up there.
public enum LinkingPolicy {
    /// Decides on a sign-in.
    ///
    /// An identity stays with its account. One that is new gets a new account, whatever contacts it has in common with
    /// others.
    ///
    /// - Parameters:
    ///   - signIn: The sign-in.
    ///   - found: The identity as the store knows it; nil if it is new.
    public static func decide(_ signIn: SignIn, found: FoundIdentity?) -> LinkingDecision {
        guard let found else { return .new(signIn.newAccount) }
        return .existing(found.account)
    }
}

/// Which account a login leads to.
public enum LinkingDecision: Sendable, Hashable {
    /// The account that has the identity.
    case existing(AccountID)
    /// A new account, with this id.
    case new(AccountID)

    /// The account's id.
    public var account: AccountID {
        switch self {
        case .existing(let id), .new(let id): id
        }
    }
}

/// The identity of a sign-in as a store knows it.
public struct FoundIdentity: Sendable, Hashable {
    /// The account that has it.
    public let account: AccountID
    /// When the person first signed in with it.
    public let firstLogin: Date
    /// When the person last signed in with it.
    public let lastLogin: Date
    /// Its verified contacts as of that login, in the order of their kinds.
    public let contacts: [VerifiedContact]

    /// Describes an identity.
    public init(account: AccountID, firstLogin: Date, lastLogin: Date, contacts: [VerifiedContact]) {
        self.account = account
        self.firstLogin = firstLogin
        self.lastLogin = lastLogin
        self.contacts = contacts
    }

    /// What a login changes.
    ///
    /// - Parameters:
    ///   - contacts: The verified contacts of the identity at the login.
    ///   - time: The time of the login, as precise as the store keeps it.
    public func update(_ contacts: [VerifiedContact], at time: Date) -> IdentityUpdate {
        // Logins may conclude out of order, but not by days: then the clock was set back.
        let isLatest = time >= lastLogin || lastLogin.timeIntervalSince(time) > 86_400
        return IdentityUpdate(
            isLatest: isLatest,
            firstLogin: min(firstLogin, time),
            lastLogin: isLatest ? time : lastLogin,
            changesContacts: isLatest && contacts != self.contacts
        )
    }
}

/// What a login changes in an identity that has an account.
public struct IdentityUpdate: Sendable, Hashable {
    /// Whether everything but the times becomes as of this login.
    public let isLatest: Bool
    /// When the person first signed in.
    public let firstLogin: Date
    /// When the person last signed in.
    public let lastLogin: Date
    /// Whether the verified contacts become those of this login, and the account another version.
    public let changesContacts: Bool
}
