/// A local user and the identities linked to it.
public struct Account: Sendable, Hashable {
    /// The account's own id.
    public let id: AccountID
    /// The linked identities, oldest first. Currently there is exactly one; there may be several.
    public let identities: [LinkedIdentity]

    /// Makes an account.
    public init(id: AccountID, identities: [LinkedIdentity]) {
        self.id = id
        self.identities = identities
    }
}
