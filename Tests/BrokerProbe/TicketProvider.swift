import HTTPTypes
package import IdentityBroker

/// Redeems a ticket with one request; the upstream's answer is the subject.
package struct TicketProvider: IdentityProvider {
    package struct Settings: Decodable, Sendable {
        let baseURL: String
    }

    package static let manifest = ProviderManifest(
        type: "ticket",
        displayName: "Ticket",
        summary: "Redeems tickets.",
        credentials: [CredentialForm(kind: .ticket)]
    )

    package let issuer: Issuer
    private let url: UpstreamURL

    package init(settings: Settings, context: ProviderContext) throws {
        guard let url = UpstreamURL(settings.baseURL), let issuer = Issuer("https://tickets.example") else {
            throw BrokerError.misconfigured("The base URL is none.")
        }
        (self.url, self.issuer) = (url, issuer)
    }

    package func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let request = UpstreamRequest(method: .post, url: url, body: credential.value.revealBytes())
        let response = try await exchange.send(request)
        guard response.status == .ok else { throw BrokerError(.invalidCredential, "The ticket was refused.") }
        var subject = Agreement(on: "subject")
        subject.add(String(decoding: response.body, as: UTF8.self), at: "body")
        return UpstreamIdentity(standing: .active, subject: subject)
    }

    /// An instance for an upstream on loopback.
    package static func instance(baseURL: String, caFile: String) throws -> ProviderInstance {
        try ProviderInstance(
            TicketProvider.self,
            settings: Settings(baseURL: baseURL),
            context: ProviderContext(id: "ticket"),
            // Longer than a test: only a kill ends a stopped login.
            limits: ProviderLimits(timeout: .seconds(900), connectTimeout: .seconds(60)),
            network: NetworkPolicy(caFile: caFile, egress: EgressPolicy(allowedNetworks: IPNetwork.loopback))
        )
    }
}
