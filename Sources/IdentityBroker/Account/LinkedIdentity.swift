#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An identity as its account knows it: as it was at the last login.
public struct LinkedIdentity: Sendable, Hashable {
    /// Issuer and subject.
    public let key: IdentityKey
    /// The instance that authenticated the person at the last login.
    public let provider: ProviderID
    /// Other ids of the same person.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// The standard claims as a JSON object (OpenID Connect Core §5.1), a phone number among them. Stores keep it as it is.
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
