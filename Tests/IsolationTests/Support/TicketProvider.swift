import HTTPTypes
import IdentityBroker

/// A provider that posts a ticket to its upstream and uses a body of one word as the subject.
struct TicketProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let baseURL: UpstreamURL

        init(baseURL: UpstreamURL) {
            self.baseURL = baseURL
        }

        init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let url = UpstreamURL(text) else { throw BrokerError(.misconfigured, "This is not a URL.") }
            baseURL = url
        }
    }

    static let manifest = ProviderManifest(
        type: "ticket",
        displayName: "Ticket",
        summary: "Posts a ticket.",
        credentials: [CredentialForm(kind: .ticket)]
    )

    let issuer: Issuer
    private let baseURL: UpstreamURL

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("urn:example:\(context.id)") else {
            throw BrokerError(.misconfigured, "The id makes no issuer.")
        }
        self.issuer = issuer
        baseURL = settings.baseURL
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let response = try await exchange.send(
            UpstreamRequest(method: .post, url: baseURL.appending("redeem"), body: credential.value.revealBytes()))
        switch response.status.code {
        case 200..<300: break
        case 500...: throw BrokerError(.upstreamUnavailable, "The upstream says that it cannot serve.")
        default: throw BrokerError(.upstreamMisbehaved, "The upstream answered with a status of no meaning.")
        }
        var subject = Agreement(on: "subject")
        subject.add(String(decoding: response.body, as: UTF8.self), at: "body")
        return UpstreamIdentity(standing: .active, subject: subject)
    }
}
