#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A person, as an upstream vouched for them: the result of a login.
///
/// A value never changes and is as small as a reference, so that handing it on costs nothing.
public struct Identity: Sendable {
    private let contents: IdentityContents

    init(_ contents: IdentityContents) {
        self.contents = contents
    }

    /// Issuer and subject: what to store an account under.
    public var key: IdentityKey { contents.key }
    /// The instance that authenticated the person.
    public var provider: ProviderID { contents.provider }
    /// When, by the broker's clock.
    public var authenticatedAt: Date { contents.authenticatedAt }
    /// Standard claims, cleaned.
    public var claims: Claims { contents.claims }
    /// Other ids of the same person, each with its scope.
    public var alternateIdentifiers: [AlternateIdentifier] { contents.alternateIdentifiers }
    /// Values of the upstream's own, by name.
    public var attributes: [String: AttributeValue] { contents.attributes }
    /// What was dropped or doubted on the way, without repeats, in the order in which it was found.
    public var notices: [Notice] { contents.notices }
    /// The token that the upstream issued: a bearer credential for its APIs. It is no part of the JSON form.
    public var upstreamToken: Secret? { contents.upstreamToken }

    /// The upstream's record less its secrets, put together each time that it is read. It is no part of the JSON form.
    public var record: AttributeValue? { contents.deferredRecord?.value }

    /// Who vouches.
    public var issuer: Issuer { key.issuer }
    /// The issuer's stable id of the person.
    public var subject: String { key.subject }
}
