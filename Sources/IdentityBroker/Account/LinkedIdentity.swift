public import Foundation

/// An identity as its account knows it, as of the last login.
public struct LinkedIdentity: Sendable, Hashable {
    /// Issuer and subject.
    public let key: IdentityKey
    /// The instance that authenticated the person at the last login.
    public let provider: ProviderID
    /// The person's other ids.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// The standard claims as a JSON object (OpenID Connect Core §5.1), which may include a phone number. Stores keep
    /// it unchanged.
    public let claims: String
    /// When the person first signed in.
    public let firstLogin: Date
    /// When the person last signed in.
    public let lastLogin: Date

    /// Makes an identity.
    public init(
        key: IdentityKey,
        provider: ProviderID,
        alternateIdentifiers: [AlternateIdentifier],
        claims: String,
        firstLogin: Date,
        lastLogin: Date
    ) {
        self.key = key
        self.provider = provider
        self.alternateIdentifiers = alternateIdentifiers
        self.claims = claims
        self.firstLogin = firstLogin
        self.lastLogin = lastLogin
    }
}
