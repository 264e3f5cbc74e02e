import HTTPTypes
import IdentityBroker

/// Redeems a ticket with one request; the upstream's answer is the subject.
struct TicketProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let baseURL: String
    }

    static let manifest = ProviderManifest(
        type: "ticket",
        displayName: "Ticket",
        summary: "Redeems tickets.",
        credentials: [CredentialForm(kind: .ticket)]
    )

    let issuer: Issuer
    private let url: UpstreamURL

    init(settings: Settings, context: ProviderContext) throws {
        guard let url = UpstreamURL(settings.baseURL), let issuer = Issuer("https://tickets.example") else {
            throw BrokerError.misconfigured("The base URL is none.")
        }
        (self.url, self.issuer) = (url, issuer)
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let request = UpstreamRequest(method: .post, url: url, body: credential.value.revealBytes())
        let response = try await exchange.send(request)
        guard response.status == .ok else { throw BrokerError(.invalidCredential, "The ticket was refused.") }
        var subject = Agreement(on: "subject")
        subject.add(String(decoding: response.body, as: UTF8.self), at: "body")
        return UpstreamIdentity(standing: .active, subject: subject)
    }
}
