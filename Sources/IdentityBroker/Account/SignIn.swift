public import Foundation

/// A login that leads to an account: what a store needs to find or create it.
public struct SignIn: Sendable, Hashable {
    /// Issuer and subject.
    public let key: IdentityKey
    /// The instance that authenticated the person.
    public let provider: ProviderID
    /// The person's other ids.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// The standard claims as a JSON object.
    public let claims: String
    /// When the login happened.
    public let time: Date
    /// The id for the new account, if the identity has none yet.
    public let newAccount: AccountID
    /// The grant to open for the account; nil if no client gets tokens.
    public let grant: GrantProposal?

    /// Makes a sign-in.
    public init(
        key: IdentityKey,
        provider: ProviderID,
        alternateIdentifiers: [AlternateIdentifier],
        claims: String,
        time: Date,
        newAccount: AccountID,
        grant: GrantProposal?
    ) {
        self.key = key
        self.provider = provider
        self.alternateIdentifiers = alternateIdentifiers
        self.claims = claims
        self.time = time
        self.newAccount = newAccount
        self.grant = grant
    }
}
