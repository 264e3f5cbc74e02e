/// What became of the credential in a login that failed.
public enum CredentialFate: String, Sendable, Hashable, CaseIterable {
    /// No byte of it can have left and nothing was kept: the same credential may be presented again.
    case unused
    /// It was redeemed, or an upstream answered for it: it is of no more use.
    case spent
    /// It may have left, and nothing says whether it arrived. It is treated as spent.
    case unknown
}
