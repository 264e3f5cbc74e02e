import IdentityBroker

/// A provider type without settings or capabilities.
struct PlainProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {}

    static let manifest = ProviderManifest(type: "plain", displayName: "Plain", summary: "", credentials: [])

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("plain:\(context.id)") else { throw RichProvider.Defect() }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        throw RichProvider.Defect()
    }
}
