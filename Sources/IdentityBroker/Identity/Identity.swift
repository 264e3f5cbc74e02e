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

extension Identity {
    /// The identity as JSON, without the upstream's record and token. The time is in UTC with whole seconds (RFC 3339).
    package var members: JSONObject {
        [
            "provider": .string(provider.rawValue),
            "issuer": .string(issuer.rawValue),
            "subject": .string(subject),
            "claims": .object(claims.members),
            "alternate_ids": .array(alternateIdentifiers.map { .object($0.members) }),
            "attributes": .object(attributes),
            "authenticated_at": .string(authenticatedAt.formatted(.iso8601)),
            "notices": .strings(notices.map(\.rawValue)),
        ]
    }
}

extension Identity: Encodable {
    /// Encodes the identity without the upstream's record and token. The time is in UTC with whole seconds (RFC 3339).
    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}

/// The contents of an ``Identity``: half a kilobyte, which each task and step of a login would otherwise copy.
final class IdentityContents: Sendable {
    let key: IdentityKey
    let provider: ProviderID
    let authenticatedAt: Date
    let claims: Claims
    let alternateIdentifiers: [AlternateIdentifier]
    let attributes: JSONObject
    let notices: [Notice]
    let upstreamToken: Secret?
    let deferredRecord: DeferredRecord?

    init(
        key: IdentityKey,
        provider: ProviderID,
        authenticatedAt: Date,
        claims: Claims,
        alternateIdentifiers: [AlternateIdentifier],
        attributes: JSONObject,
        notices: [Notice],
        upstreamToken: Secret?,
        deferredRecord: DeferredRecord?
    ) {
        self.key = key
        self.provider = provider
        self.authenticatedAt = authenticatedAt
        self.claims = claims
        self.alternateIdentifiers = alternateIdentifiers
        self.attributes = attributes
        self.notices = notices
        self.upstreamToken = upstreamToken
        self.deferredRecord = deferredRecord
    }
}

/// An upstream's record, built when it is read: few callers need it, and building it costs more than the rest of the
/// mapping.
struct DeferredRecord: Sendable {
    private let make: @Sendable () -> JSONValue

    init(_ make: @escaping @Sendable () -> JSONValue) {
        self.make = make
    }

    /// The record, built at each read.
    var value: JSONValue { make() }

    /// The same record, with secrets redacted at each read.
    func redacted(by redactor: Redactor) -> DeferredRecord {
        DeferredRecord { redactor.redactSecrets(value) }
    }
}
