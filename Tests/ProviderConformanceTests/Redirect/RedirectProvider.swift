import HTTPTypes
import IdentityBroker
import StrictJSON

/// A provider of another shape than the exemplar: a redirect, and then two requests of which the first redeems a code.
///
/// It speaks as much of OpenID Connect as the kit needs: its ID token is the JSON that would be in one.
struct RedirectProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let clientId: String
        let clientSecret: SecretReference
        let baseURL: String
    }

    static let manifest = ProviderManifest(
        type: "redirect",
        displayName: "Redirect",
        summary: "Signs people in at the upstream's own site.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512)],
        settings: [
            .required("clientId", .text, "What the upstream knows the app by."),
            .required("clientSecret", .secret, "What the app proves it with."),
            .required("baseURL", .url, "Where the upstream is."),
        ],
        notices: [
            .nameCleaned: "Characters were taken out of the name.",
            .pictureRefused: "The picture is no https URL.",
        ],
        documentation: "https://openid.net/specs/openid-connect-core-1_0.html"
    )

    let issuer: Issuer
    private let clientId: String
    private let clientSecret: Secret
    private let baseURL: UpstreamURL
    private let defect = RedirectDefect.current

    init(settings: Settings, context: ProviderContext) throws {
        guard let baseURL = UpstreamURL(settings.baseURL), let issuer = Issuer("\(baseURL)") else {
            throw BrokerError(.misconfigured, "baseURL is no plain URL.")
        }
        self.issuer = issuer
        self.baseURL = baseURL
        clientId = settings.clientId
        clientSecret = try context.resolve(settings.clientSecret)
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        guard let flow = credential.flow else {
            throw BrokerError(.invalidCredential, "The code came without the redirect that it belongs to.")
        }
        let tokens = try await RedirectAnswer(exchange.send(tokenRequest(credential.value, flow)), at: exchange.now)
        guard let token = tokens.text("access_token"), let claims = tokens["id_token"]?.object,
            claims["aud"]?.string == clientId
        else {
            throw BrokerError(.upstreamMisbehaved, "The upstream's tokens are not those of this login.")
        }
        let user = try await RedirectAnswer(exchange.send(userRequest(token)), at: exchange.now)
        // OpenID Connect Core §5.3.2: the two have to name the same subject.
        guard let subject = claims["sub"]?.string, let userSubject = user["sub"]?.string else {
            throw BrokerError(.upstreamMisbehaved, "The upstream does not say whom its answer is about.")
        }
        var agreement = Agreement(on: "subject")
        agreement.add(subject, at: "id_token.sub")
        agreement.add(userSubject, at: "userinfo.sub")
        var identity = UpstreamIdentity(standing: .active, subject: agreement)
        identity.claims.name = user.text("name")
        identity.claims.picture = user.text("picture")
        identity.token = Secret(token)
        identity.nonce = defect == .takesAnyNonce ? flow.nonce.reveal() : claims["nonce"]?.string
        return identity
    }

    private func tokenRequest(_ code: Secret, _ flow: RedirectFlow) -> UpstreamRequest {
        UpstreamRequest(
            method: .post,
            url: baseURL.appending("token"),
            headerFields: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"],
            body: Array(
                FormText.encode([
                    ("grant_type", "authorization_code"), ("code", code.reveal()), ("redirect_uri", flow.redirectURI),
                    ("code_verifier", flow.codeVerifier.reveal()), ("client_id", clientId),
                    ("client_secret", clientSecret.reveal()),
                ]).utf8)
        )
    }

    private func userRequest(_ token: String) -> UpstreamRequest {
        UpstreamRequest(
            method: .get,
            url: baseURL.appending("userinfo"),
            headerFields: [.authorization: "Bearer \(token)", .accept: "application/json"]
        )
    }
}

extension RedirectProvider: RedirectRequesting {
    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var fields = [
            ("response_type", "code"), ("scope", "openid profile"), ("client_id", clientId),
            ("redirect_uri", flow.redirectURI), ("state", flow.state.reveal()), ("nonce", flow.nonce.reveal()),
        ]
        if defect != .sendsNoChallenge {
            fields += [("code_challenge", flow.codeChallenge), ("code_challenge_method", "S256")]
        }
        if defect == .showsVerifier { fields.append(("code_verifier", flow.codeVerifier.reveal())) }
        return AuthorizationRequest(url: "\(baseURL.appending("authorize"))?\(FormText.encode(fields))")
    }
}
