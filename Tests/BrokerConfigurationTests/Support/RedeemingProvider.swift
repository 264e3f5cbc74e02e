import HTTPTypes
import IdentityBroker

/// A provider type that redeems its credential with one request. The subject states the length of its secret.
struct RedeemingProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let issuer: String?
        let secret: SecretReference?
        let more: [String: String]?
    }

    static let manifest = ProviderManifest(
        type: "redeeming",
        displayName: "Redeeming",
        summary: "Sends one request.",
        credentials: [CredentialForm(kind: .ticket)],
        settings: [
            .optional("issuer", .text, "Who vouches."), .optional("secret", .secret, "A secret."),
            .optional("more", .document([.optional("issuer", .text, "Who vouches.")]), "A file."),
        ]
    )

    let issuer: Issuer
    private let secret: Secret?

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer(settings.more?["issuer"] ?? settings.issuer ?? "redeeming") else {
            throw BrokerError(.misconfigured, "That is not an issuer.")
        }
        self.issuer = issuer
        secret = try settings.secret.map { try context.resolve($0) }
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        guard let url = UpstreamURL("https://redeeming.example") else { throw RichProvider.Defect() }
        _ = try await exchange.send(UpstreamRequest(method: .post, url: url))
        var subject = Agreement(on: "subject")
        subject.add("secret-\(secret?.byteCount ?? 0)", at: "secret")
        return UpstreamIdentity(standing: .active, subject: subject)
    }
}

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

/// A provider type that takes ID tokens.
struct IDTokenProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {}

    static let manifest = ProviderManifest(
        type: "id-token", displayName: "ID token", summary: "",
        credentials: [CredentialForm(kind: .idToken, provesItself: true)])

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("id-token:\(context.id)") else { throw RichProvider.Defect() }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        throw RichProvider.Defect()
    }
}
