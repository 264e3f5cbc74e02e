#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A person, as an upstream vouched for them: the result of a login.
public struct Identity: Sendable {
    /// Issuer and subject: what to store an account under.
    public let key: IdentityKey
    /// The instance that authenticated the person.
    public let provider: ProviderID
    /// When, by the broker's clock.
    public let authenticatedAt: Date
    /// Standard claims, cleaned.
    public let claims: Claims
    /// Other ids of the same person, each with its scope.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// Values of the upstream's own, by name.
    public let attributes: [String: AttributeValue]
    /// What was dropped or doubted on the way, without repeats, in the order in which it was found.
    public let notices: [Notice]
    /// The token that the upstream issued: a bearer credential for its APIs. It is no part of the JSON form.
    public let upstreamToken: Secret?

    let deferredRecord: DeferredRecord?

    /// The upstream's record less its secrets, put together each time that it is read. It is no part of the JSON form.
    public var record: AttributeValue? { deferredRecord?.value }

    /// Who vouches.
    public var issuer: Issuer { key.issuer }
    /// The issuer's stable id of the person.
    public var subject: String { key.subject }
}
