import BrokerServing
import BrokerTokens
import Foundation
import IdentityBroker

@testable import BrokerServer

/// A service with clients that get codes, and two providers with sites, of which `post` answers by a form.
enum FrontBench {
    static let redirectURI = "https://app.example.com/callback"
    /// The example of RFC 7636 Appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    static func make(
        limits: RequestLimits = RequestLimits(),
        pages: LoginPages = LoginPages(),
        issuer: String = ServiceBench.issuer,
        providers: [ProviderInstance]? = nil,
        clients: [TokenClient]? = nil
    ) async throws -> ServiceBench {
        try await ServiceBench(
            limits: limits, clients: clients ?? self.clients(),
            providers: providers ?? [
                SiteProvider.instance("work", displayName: "Work"), SiteProvider.instance("post", postsForms: true),
            ],
            pages: pages, issuer: issuer)
    }

    /// `web` has a secret, `spa` is public, `phone` is native, `partner`'s people are asked, `legacy` may do without PKCE,
    /// `only` may use `work` alone, and the name of `rude` is markup.
    static func clients() throws -> [TokenClient] {
        let secret = TokenClient.Authentication.secret(Secret(ServiceBench.secret))
        func client(
            _ id: String,
            name: String? = nil,
            _ authentication: TokenClient.Authentication = secret,
            redirectURIs: [String] = [redirectURI],
            providers: Set<ProviderID>? = nil,
            _ change: (inout AuthorizationSettings) -> Void = { _ in }
        ) throws -> TokenClient {
            var authorization = AuthorizationSettings(redirectURIs: redirectURIs, idTokenAlgorithm: .es256)
            change(&authorization)
            return try TokenClient(
                id: id, displayName: name, authentication: authentication, grants: [.authorizationCode, .refreshToken],
                audiences: [ServiceBench.api], providers: providers, authorization: authorization)
        }
        return [
            try client("web", name: "Web App") { $0.postLogoutRedirectURIs = ["https://app.example.com/bye"] },
            try client("spa", .none),
            try client(
                "phone", name: "Phone", .none, redirectURIs: ["com.example.phone:/callback", "http://127.0.0.1/cb"]
            ) {
                $0.isNative = true
            },
            try client("partner", name: "Partner") { $0.consent = .ask },
            try client("legacy") { $0.pkce = .optional },
            try client("only", providers: ["work"]),
            try client("pushing") { $0.requiresPushedRequests = true },
            try client("rude", name: rudeName) { $0.consent = .ask },
        ]
    }

    static let rudeName = #"<script>alert("1")</script>'&\#u{301}"\#u{301} onload=x "#

    /// The address of a valid request with some parameters changed; nil leaves one out.
    static func request(_ client: String = "web", _ changes: [String: String?] = [:]) -> String {
        "/oauth2/authorize?"
            + parameters(client, changes).map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }

    static func parameters(_ client: String = "web", _ changes: [String: String?] = [:]) -> [(String, String)] {
        var parameters = [
            "client_id": client, "redirect_uri": redirectURI, "response_type": "code", "scope": "openid profile",
            "state": "af0ifjsldkj", "nonce": "n-0S6_WzA2Mj", "code_challenge": challenge,
            "code_challenge_method": "S256",
        ]
        for (name, value) in changes { parameters[name] = value }
        return parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension ServiceBench {
    /// Redeems a code as its client does.
    func redeem(
        _ code: String?,
        as credentials: String? = "web:\(ServiceBench.secret)",
        _ changes: [String: String?] = [:]
    ) async throws -> Answer {
        var form = [
            "grant_type": "authorization_code", "code": code ?? "", "redirect_uri": FrontBench.redirectURI,
            "code_verifier": FrontBench.verifier,
        ]
        for (name, value) in changes { form[name] = value }
        return try await post(
            "/oauth2/token", form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, as: credentials)
    }
}

/// The payload of a JWT.
func payload(of token: String?) throws -> [String: Any] {
    let parts = (token ?? "").split(separator: ".")
    guard parts.count == 3 else { return [:] }
    var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    let data = Data(base64Encoded: String(text)) ?? Data()
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
}
