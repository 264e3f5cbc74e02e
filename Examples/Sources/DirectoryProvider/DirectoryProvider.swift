import HTTPTypes
import IdentityBroker
import StrictJSON

/// Signs people in with a ticket of the company's own directory.
public struct DirectoryProvider: IdentityProvider {
    /// The settings under `settings:` in configuration.
    public struct Settings: Decodable, Sendable {
        let baseURL: String
        let apiKey: SecretReference
    }

    /// Shown by `broker providers describe directory`; configuration is checked against it.
    public static let manifest = ProviderManifest(
        type: "directory",
        displayName: "Company directory",
        summary: "Exchanges a ticket of the company's directory for the employee.",
        credentials: [CredentialForm(kind: .ticket, alphabet: .unreserved)],
        settings: [
            .required("baseURL", .url, "The directory's URL."),
            .required("apiKey", .secret, "The key that identifies this app to the directory."),
        ]
    )

    /// The issuer of the employees' identities: the directory.
    public let issuer: Issuer
    private let endpoint: UpstreamURL
    private let apiKey: Secret

    /// Reads the API key, which the broker then keeps out of every log and error.
    public init(settings: Settings, context: ProviderContext) throws {
        guard let baseURL = UpstreamURL(settings.baseURL), let issuer = Issuer(baseURL.description) else {
            throw BrokerError(.misconfigured, "settings.baseURL is not a plain URL.")
        }
        self.issuer = issuer
        endpoint = baseURL.appending("tickets", "redeem")
        apiKey = try context.resolve(settings.apiKey)
    }

    /// Redeems the ticket. The broker has reserved it; it is never sent a second time.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        var request = UpstreamRequest.post(json: ["ticket": .string(credential.value.reveal())], to: endpoint)
        request.head.headerFields[.authorization] = "Bearer \(apiKey.reveal())"
        let response = try await exchange.send(request)
        switch response.status.code {
        case 200: return try identity(in: response.body)
        case 404, 410: throw BrokerError(.invalidCredential, "The directory does not know this ticket.")
        case 401, 403: throw BrokerError(.misconfigured, "The directory refuses settings.apiKey.")
        case 429: throw BrokerError(.rateLimited, "The directory is busy. Try again later.")
        default: throw BrokerError(.upstreamUnavailable, "The directory is not available now.")
        }
    }

    private func identity(in body: [UInt8]) throws -> UpstreamIdentity {
        guard let record = try? JSONReader().read(body), let active = record["active"]?.bool else {
            throw BrokerError(.upstreamMisbehaved, "The directory's answer is not an employee record.")
        }
        var subject = Agreement(on: "subject")
        subject.add(record["id"]?.string, at: "id")
        var identity = UpstreamIdentity(standing: active ? .active : .suspended, subject: subject)
        identity.claims.name = record["name"]?.string
        identity.claims.email = record["email"]?.string.flatMap(EmailAddress.init).map { .verified(Verified($0)) }
        return identity
    }
}
