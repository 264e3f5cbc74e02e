import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// The exchange of a code for the user's access token.
struct CodeExchange: Sendable {
    let app: App
    let appCode: FeishuAppCode
    let usesPKCE: Bool
    private let appToken: SharedValue<AppToken>

    /// What a code was exchanged for.
    struct Issued: Sendable {
        /// The user's access token; nil if a mini program's session came without one.
        let token: Secret?
        /// The ids that came with it; nil if there are none.
        let ids: PersonIDs?
        /// What else was issued.
        let furtherSecrets: [Secret]
    }

    init(_ app: App, _ settings: FeishuProvider.Settings, clock: BrokerClock) {
        (self.app, appCode, usesPKCE) = (app, settings.appCode, settings.usesPKCE)
        appToken = .appAccessToken(of: app, clock: clock)
    }

    func issued(for credential: Credential, in exchange: ExchangeContext) async throws -> Issued {
        // Only an app's own code comes without a flow.
        if credential.flow == nil, appCode == .login { return try await session(credential.value, in: exchange) }
        let endpoint: APIEndpoint = credential.flow == nil ? .tokenOfApp : .token
        let answer = try await exchange.send(tokenRequest(for: credential)).object(from: endpoint, at: exchange.now)
        guard let issued = Issued(answer, ids: nil), issued.token != nil else {
            throw BrokerError.misbehaved("\(endpoint.title) answered without a token.")
        }
        return issued
    }

    private func tokenRequest(for credential: Credential) -> UpstreamRequest {
        var body: JSONObject = [
            "grant_type": "authorization_code", "client_id": .string(app.appId),
            "client_secret": .string(app.secret.reveal()), "code": .string(credential.value.reveal()),
        ]
        if let flow = credential.flow {
            body["redirect_uri"] = .string(flow.redirectURI)
            // Feishu refuses a verifier without an earlier challenge.
            if usesPKCE { body["code_verifier"] = .string(flow.codeVerifier.reveal()) }
        }
        return .post(json: body, to: app.tokenURL)
    }

    private func session(_ code: Secret, in exchange: ExchangeContext) async throws -> Issued {
        let response = try await exchange.send(with: appToken, refusedIf: \.refusesAppToken) { token in
            var request = UpstreamRequest.post(
                json: ["code": .string(code.reveal())],
                to: app.api.appending("open-apis", "mina", "v2", "tokenLoginValidate"))
            request.head.headerFields[.authorization] = "Bearer \(token.reveal())"
            return request
        }
        guard let data = try response.object(from: .session, at: exchange.now)["data"]?.object else {
            throw BrokerError.misbehaved("The answer of Feishu's mina/v2/tokenLoginValidate has no data.")
        }
        guard let issued = try Issued(data, ids: PersonIDs(data, from: .session)) else {
            throw BrokerError.misbehaved("\(APIEndpoint.session.title) answered with something else than a token.")
        }
        return issued
    }
}

extension CodeExchange.Issued {
    /// - Returns: nil if something else is in the place of the token.
    fileprivate init?(_ answer: JSONObject, ids: PersonIDs?) {
        let token = answer.text("access_token")
        guard token.map(ClientText.isAccessToken) != false else { return nil }
        self.init(
            token: token.map { Secret($0) }, ids: ids,
            furtherSecrets: IssuedSecrets.all(in: [.object(answer)]))
    }
}
