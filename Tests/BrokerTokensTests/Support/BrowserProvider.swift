import IdentityBroker

/// A provider for browsers: it accepts any ticket, whose text is the person.
// What a redirect brings is the core's to read. Here only the identity at its end matters.
struct BrowserProvider: IdentityProvider, RedirectRequesting {
    struct Settings: Decodable, Sendable {}

    static let manifest = ProviderManifest(
        type: "browser", displayName: "Browser", summary: "Signs in whoever the ticket names.",
        credentials: [CredentialForm(kind: .ticket)])

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("https://upstream.example/\(context.id.rawValue)") else {
            throw BrokerError(.misconfigured, "The issuer is none.")
        }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let person = credential.value.reveal().prefix { $0 != "-" }
        var subject = Agreement(on: "subject")
        subject.add(String(person), at: "ticket")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = String(person)
        identity.claims.email = EmailAddress("\(person)@example.com").map { .verified(Verified($0)) }
        return identity
    }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> IdentityBroker.AuthorizationRequest {
        throw BrokerError(.misconfigured, "No browser is here.")
    }
}
