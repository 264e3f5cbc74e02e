import IdentityBroker

/// A provider whose settings script what it does.
struct ScriptedProvider: IdentityProvider {
    typealias Script = @Sendable (Credential, ExchangeContext) async throws -> UpstreamIdentity

    struct Settings: Decodable, Sendable {
        var issuer = Issuer.example
        var secret: SecretReference?
        var script: Script = redeem
        var nonceRule: NonceRule?

        init(
            issuer: Issuer = .example,
            secret: SecretReference? = nil,
            nonceRule: NonceRule? = nil,
            script: @escaping Script = redeem
        ) {
            self.issuer = issuer
            self.secret = secret
            self.nonceRule = nonceRule
            self.script = script
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            secret = try container.decodeIfPresent(SecretReference.self, forKey: .secret)
        }

        private enum CodingKeys: CodingKey { case secret }
    }

    static let manifest = ProviderManifest(
        type: "scripted",
        displayName: "Scripted",
        summary: "Does as it is told.",
        credentials: [
            CredentialForm(kind: .ticket, maximumBytes: 64),
            CredentialForm(kind: .idToken, alphabet: .unreserved, isOneTime: false),
            CredentialForm(kind: .proof, provesItself: true),
        ],
        nonce: .absent
    )

    let issuer: Issuer
    let nonceRule: NonceRule?
    private let script: Script

    init(settings: Settings, context: ProviderContext) throws {
        issuer = settings.issuer
        script = settings.script
        nonceRule = settings.nonceRule
        if let secret = settings.secret { _ = try context.resolve(secret) }
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await script(credential, exchange)
    }

    /// Redeems the credential with one request, and treats any answer as success.
    static let redeem: Script = { credential, exchange in
        _ = try await exchange.send(.redeeming(credential))
        return .person
    }
}

extension UpstreamIdentity {
    /// A person in good standing.
    static var person: UpstreamIdentity { person("person-1") }

    static func person(_ subject: String?) -> UpstreamIdentity {
        var agreement = Agreement(on: "subject")
        agreement.add(subject, at: "id")
        return UpstreamIdentity(standing: .active, subject: agreement)
    }
}

extension CredentialKind {
    /// A credential that proves itself.
    static let proof = CredentialKind(rawValue: "proof")
}
