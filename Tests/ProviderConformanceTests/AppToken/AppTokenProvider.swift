import HTTPTypes
import IdentityBroker
import StrictJSON

/// A provider whose upstream issues a token to the app, which goes with each ticket.
struct AppTokenProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let tenant: String
        let secret: SecretReference
        let baseURL: String
    }

    static let manifest = ProviderManifest(
        type: "app-token",
        displayName: "App token",
        summary: "Exchanges a ticket for a person, with the app's token.",
        credentials: [CredentialForm(kind: .ticket, maximumBytes: 512)],
        settings: [
            .required("tenant", .text, "The customer whose people sign in."),
            .required("secret", .secret, "What the app gets its token for."),
            .required("baseURL", .url, "Where the upstream is."),
        ],
        notices: [
            .nameCleaned: "Characters were taken out of the name.",
            .pictureRefused: "The picture is not an https URL.",
            .emailRefused: "The e-mail address is not exactly one.",
        ],
        documentation: "https://exemplar.example/docs"
    )

    let issuer: Issuer
    private let tenant: String
    private let endpoint: UpstreamURL
    private let token: SharedValue<AppToken>
    private let defect = AppTokenDefect.current

    init(settings: Settings, context: ProviderContext) throws {
        guard let baseURL = UpstreamURL(settings.baseURL), let issuer = Issuer("\(baseURL)/\(settings.tenant)") else {
            throw BrokerError(.misconfigured, "baseURL is not a URL, or tenant has white space in it.")
        }
        self.issuer = issuer
        tenant = settings.tenant
        endpoint = baseURL.appending(settings.tenant, "exchange")
        let secret = try context.resolve(settings.secret)
        let request = UpstreamRequest.post(
            json: Array(#"{"secret":"\#(secret.reveal())"}"#.utf8), to: baseURL.appending(settings.tenant, "token"))
        token = .appToken("token", from: request) { response in
            guard response.status == .ok, let answer = try? JSONReader().read(response.body).object,
                let token = answer["access_token"]?.string
            else { throw BrokerError(.upstreamUnavailable, "The upstream issues no token to the app.") }
            return AppToken(Secret(token), lifetime: answer["expires_in"]?.int64.map { .seconds($0) })
        }
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let record = try ExemplarRecord(
            try await send(credential, in: exchange), defect: nil, credential: credential, at: exchange.now)
        var subject = Agreement(on: "subject")
        try record.state(into: &subject, defect: nil)
        var agreement = Agreement(on: "tenant")
        agreement.add(tenant, at: "settings.tenant")
        agreement.add(record.tenant ?? "", at: "tenant")
        var identity = UpstreamIdentity(standing: record.standing(defect: nil), subject: subject)
        identity.agreements = [agreement]
        identity.claims = record.claims(locale: "de", defect: nil)
        identity.token = record.token.map { Secret($0) }
        return identity
    }

    private func send(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamResponse {
        do {
            return try await sendOnce(credential, in: exchange)
        } catch let error as BrokerError {
            switch (defect, error.kind) {
            case (.resendsAfterSilence, .upstreamUnavailable):
                return try await sendOnce(credential, in: exchange)
            case (.resendsTwice, .misconfigured):
                return try await exchange.send(request(for: credential))
            default:
                throw error
            }
        }
    }

    private func sendOnce(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamResponse {
        try await exchange.send(with: token, refusedIf: isTokenRefused) { token in
            var request = self.request(for: credential)
            request.head.headerFields[.authorization] = "Bearer \(token.reveal())"
            return request
        }
    }

    private func request(for credential: Credential) -> UpstreamRequest {
        .post(json: Array(#"{"ticket":"\#(credential.value.reveal())"}"#.utf8), to: endpoint)
    }

    private func isTokenRefused(_ response: UpstreamResponse) -> Bool {
        let code = (try? JSONReader().read(response.body).object)?["code"]?.string
        return switch defect {
        case .resendsAfterFailure where response.status.kind == .serverError: true
        case .resendsAfterRefusal: code != nil
        case .overlooksCode: code == "40001"
        case .neverResends: false
        default: response.status == .ok && (code == "40001" || code == "42001")
        }
    }
}
