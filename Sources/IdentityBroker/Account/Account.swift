/// A local user, and the identities that are linked to it.
public struct Account: Sendable, Hashable {
    /// The account's own id.
    public let id: AccountID
    /// The identities that sign in to it, the oldest first. There is one at present; there may be several.
    public let identities: [LinkedIdentity]

    /// Makes an account.
    public init(id: AccountID, identities: [LinkedIdentity]) {
        self.id = id
        self.identities = identities
    }
}
