/// The result of a login that leads to an account.
public struct SignedIn: Sendable {
    /// The person, as the upstream vouched for them.
    public let identity: Identity
    /// The person's account.
    public let account: AccountID
    /// The grant that was opened; nil if none was requested.
    public let grant: Grant?
}
