#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Identity: Encodable {
    private enum CodingKeys: String, CodingKey {
        case provider, issuer, subject, claims, attributes, notices
        case alternateIdentifiers = "alternate_ids"
        case authenticatedAt = "authenticated_at"
    }

    /// Encodes the identity without the upstream's record and token. The time is in UTC with whole seconds (RFC 3339).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(provider.rawValue, forKey: .provider)
        try container.encode(issuer.rawValue, forKey: .issuer)
        try container.encode(subject, forKey: .subject)
        try container.encode(claims, forKey: .claims)
        try container.encode(alternateIdentifiers, forKey: .alternateIdentifiers)
        try container.encode(attributes, forKey: .attributes)
        try container.encode(authenticatedAt.formatted(.iso8601), forKey: .authenticatedAt)
        try container.encode(notices.map(\.rawValue), forKey: .notices)
    }
}
