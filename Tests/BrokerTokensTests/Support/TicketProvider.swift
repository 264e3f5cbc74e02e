import IdentityBroker

/// A provider that accepts every ticket, and runs its script first.
struct TicketProvider: IdentityProvider {
    typealias Script = @Sendable (Credential) async throws -> Void

    struct Settings: Decodable, Sendable {
        var issuer = "https://upstream.example/pool"
        var script: Script = { _ in }

        init(script: @escaping Script = { _ in }) {
            self.script = script
        }

        init(from decoder: any Decoder) throws {
            self.init()
        }
    }

    static let manifest = ProviderManifest(
        type: "ticket", displayName: "Ticket", summary: "Takes every ticket.",
        credentials: [CredentialForm(kind: .ticket)])

    let issuer: Issuer
    private let script: Script

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer(settings.issuer) else {
            throw BrokerError(.misconfigured, "'\(settings.issuer)' is not an issuer.")
        }
        self.issuer = issuer
        script = settings.script
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await script(credential)
        var subject = Agreement(on: "subject")
        subject.add("person-1", at: "id")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = "Ada Lovelace"
        identity.claims.locale = "en-GB"
        identity.claims.email = EmailAddress("ada@example.com").map { .verified(Verified($0)) }
        identity.claims.phoneNumber = PhoneNumber("+442079460000").map {
            .asserted(Asserted($0), isKnownUnverified: true)
        }
        identity.claims.address = PostalAddress(locality: "London")
        return identity
    }
}

/// A transport for providers that send nothing.
struct NoTransport: UpstreamTransport {
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        throw TransportFailure(.connectionFailed, mayHaveLeft: false)
    }
}
