import IdentityBroker

/// The result of a login as JSON: the identity, and what else was requested.
struct LoginReport: Encodable {
    let identity: Identity
    let includesRecord: Bool
    let includesToken: Bool

    private enum CodingKeys: String, CodingKey {
        case upstream
        case upstreamToken = "upstream_token"
    }

    func encode(to encoder: any Encoder) throws {
        try identity.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        if includesRecord { try container.encode(identity.record, forKey: .upstream) }
        if includesToken { try container.encode(identity.upstreamToken?.reveal(), forKey: .upstreamToken) }
    }
}
