/// What happened to the credential of a failed login.
public enum CredentialFate: String, Sendable, Hashable, CaseIterable {
    /// No byte of it can have left and nothing was kept: it may be presented again.
    case unused
    /// It was redeemed, or an upstream gave an answer for it: it cannot be used again.
    case spent
    /// It may have left, and it is unknown whether it arrived. It is treated as spent.
    case unknown
}
