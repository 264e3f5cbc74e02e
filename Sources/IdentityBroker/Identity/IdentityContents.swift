import Foundation
import StrictJSON

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
