import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON

/// A provider unlike the exemplar: a redirect, and then two requests, the first of which redeems a code. Its logins
/// share a discovery document and the names of keys.
///
/// It implements as much of OpenID Connect as the kit needs: its ID token is plain JSON, and counts as signed with a
/// key if it names that key.
struct RedirectProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let clientId: String
        let clientSecret: SecretReference
        let baseURL: String
    }

    static var manifest: ProviderManifest {
        var manifest = honestManifest
        manifest.reliesOnStateAlone = RedirectDefect.current == .deniesBinding
        return manifest
    }

    private static let honestManifest = ProviderManifest(
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
            .pictureRefused: "The picture is not an https URL.",
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
            throw BrokerError(.misconfigured, "baseURL is not a plain URL.")
        }
        self.issuer = issuer
        self.baseURL = baseURL
        clientId = settings.clientId
        clientSecret = try context.resolve(settings.clientSecret)
    }

    /// The upstream's discovery document.
    private var discovery: SharedValue<JSONObject> {
        SharedValue("discovery", from: UpstreamRequest(method: .get, url: baseURL.appending("discovery"))) { response in
            try RedirectAnswer(response, at: .distantPast).members
        }
    }

    /// The keys that the upstream signs with.
    private var keys: SharedValue<Set<String>> {
        SharedValue("keys", from: keysRequest) { response in
            let keys = try RedirectAnswer(response, at: .distantPast)["keys"]?.array ?? []
            return Set(keys.compactMap(\.string))
        }
    }

    private var keysRequest: UpstreamRequest { UpstreamRequest(method: .get, url: baseURL.appending("keys")) }

    private func endpoint(_ name: String, in document: JSONObject) throws -> UpstreamURL {
        guard let path = document[name]?.string else {
            throw BrokerError(.upstreamMisbehaved, "The upstream does not say where it is.")
        }
        return baseURL.appending(path)
    }

    /// Whether the upstream has the key, according to its latest key set.
    private func hasKey(_ name: String, in exchange: ExchangeContext) async throws -> Bool {
        if defect == .asksEachTime {
            _ = try await exchange.send(UpstreamRequest(method: .get, url: baseURL.appending("keys")))
        }
        if try await exchange.shared(keys).contains(name) { return true }
        switch defect {
        case .neverRefetches: return false
        case .asksAgainItself:
            return try await RedirectAnswer(exchange.send(keysRequest), at: exchange.now)["keys"]?.array?
                .contains { $0.string == name } == true
        case .blamesCredentialForKeys: return (try? await exchange.refetched(keys).contains(name)) == true
        default: return try await exchange.refetched(keys).contains(name)
        }
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        guard let flow = credential.flow else {
            throw BrokerError(.invalidCredential, "The code came without the redirect that it belongs to.")
        }
        let document = try await exchange.shared(discovery)
        let tokens = try await RedirectAnswer(
            exchange.send(tokenRequest(credential.value, flow, to: endpoint("token", in: document))), at: exchange.now)
        guard let token = tokens.text("access_token"), let claims = tokens["id_token"]?.object,
            claims["aud"]?.string == clientId, let key = claims["kid"]?.string
        else {
            throw BrokerError(.upstreamMisbehaved, "The upstream's tokens are not those of this login.")
        }
        guard try await hasKey(key, in: exchange) else {
            throw BrokerError(.upstreamMisbehaved, "The upstream's token is signed with a key that it does not have.")
        }
        let user = try await RedirectAnswer(
            exchange.send(userRequest(token, to: endpoint("userinfo", in: document))), at: exchange.now)
        // OpenID Connect Core §5.3.2: both must name the same subject.
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

    private func tokenRequest(_ code: Secret, _ flow: RedirectFlow, to url: UpstreamURL) -> UpstreamRequest {
        UpstreamRequest(
            method: .post,
            url: url,
            headerFields: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"],
            body: Array(
                FormText.encode([
                    ("grant_type", "authorization_code"), ("code", code.reveal()), ("redirect_uri", flow.redirectURI),
                    ("code_verifier", flow.codeVerifier.reveal()), ("client_id", clientId),
                    ("client_secret", clientSecret.reveal()),
                ]).utf8)
        )
    }

    private func userRequest(_ token: String, to url: UpstreamURL) -> UpstreamRequest {
        UpstreamRequest(
            method: .get,
            url: url,
            headerFields: [.authorization: "Bearer \(token)", .accept: "application/json"]
        )
    }
}

extension RedirectProvider: RedirectRequesting {
    var redirectForm: RedirectForm { RedirectForm(usesPKCE: defect != .bindsNothing) }
    var nonceRule: NonceRule? { defect == .bindsNothing ? .absent : nil }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var fields = [
            ("response_type", "code"), ("scope", "openid profile"), ("client_id", clientId),
            ("redirect_uri", defect == .returnsElsewhere ? "https://elsewhere.example" : flow.redirectURI),
        ]
        if defect != .sendsNoState { fields.append(("state", flow.state.reveal())) }
        if defect != .sendsNoNonce, defect != .bindsNothing { fields.append(("nonce", flow.nonce.reveal())) }
        if defect != .sendsNoChallenge, defect != .bindsNothing {
            fields += [("code_challenge", flow.codeChallenge), ("code_challenge_method", "S256")]
        }
        if defect == .showsVerifier { fields.append(("code_verifier", flow.codeVerifier.reveal())) }
        if defect == .showsSecret { fields.append(("client_secret", clientSecret.reveal())) }
        let page = try await endpoint("authorize", in: context.shared(discovery))
        return AuthorizationRequest(url: "\(page)?\(FormText.encode(fields))")
    }
}

extension RedirectProvider: LogoutRequesting {
    /// The ID token of the latest request, which no provider should keep.
    private static let latest = Locked<Secret?>(nil)

    func logoutURL(for request: LogoutRequest, in context: LogoutContext) async throws -> String? {
        var fields = [("client_id", clientId)]
        var idToken = request.idToken
        if defect == .mixesLogouts {
            Self.latest.withLock { latest in
                latest = request.idToken ?? latest
                idToken = latest
            }
        }
        if let idToken { fields.append(("id_token_hint", idToken.reveal())) }
        if let address = request.returnURI {
            let other = defect == .returnsElsewhereAtLogout ? "https://elsewhere.example" : address
            fields.append(("post_logout_redirect_uri", other))
        }
        if let state = request.state { fields.append(("state", state)) }
        if defect == .showsSecretAtLogout { fields.append(("client_secret", clientSecret.reveal())) }
        if defect == .asksAtLogout {
            for path in ["a", "b", "c"] {
                let request = UpstreamRequest(method: .get, url: baseURL.appending(path))
                _ = try? await context.shared(SharedValue(path, from: request) { _ in true })
            }
        }
        return "https://redirect.example/logout?\(FormText.encode(fields))"
    }
}
