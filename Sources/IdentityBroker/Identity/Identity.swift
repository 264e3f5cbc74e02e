public import Foundation
public import StrictJSON

/// A person, as vouched for by an upstream: the result of a login.
///
/// Immutable, and as small as a reference, so passing it on costs nothing.
public struct Identity: Sendable {
    private let contents: IdentityContents

    init(_ contents: IdentityContents) {
        self.contents = contents
    }

    /// Issuer and subject: the key to store an account under.
    public var key: IdentityKey { contents.key }
    /// The instance that authenticated the person.
    public var provider: ProviderID { contents.provider }
    /// When, by the broker's clock.
    public var authenticatedAt: Date { contents.authenticatedAt }
    /// Standard claims, cleaned.
    public var claims: Claims { contents.claims }
    /// Other ids of the same person, each with its scope.
    public var alternateIdentifiers: [AlternateIdentifier] { contents.alternateIdentifiers }
    /// The upstream's own values, by name.
    public var attributes: JSONObject { contents.attributes }
    /// What was dropped or doubted during mapping, without duplicates, in order of discovery.
    public var notices: [Notice] { contents.notices }
    /// The token that the upstream issued: a bearer credential for its APIs. Not part of the JSON form.
    public var upstreamToken: Secret? { contents.upstreamToken }

    /// The upstream's record without its secrets, built at each read. Not part of the JSON form.
    public var record: JSONValue? { contents.deferredRecord?.value }

    /// Who vouches.
    public var issuer: Issuer { key.issuer }
    /// The issuer's stable id of the person.
    public var subject: String { key.subject }
}
