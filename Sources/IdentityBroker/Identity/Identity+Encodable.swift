import Foundation
package import StrictJSON

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
