import Crypto
import IdentityBroker
import JOSE

@testable import BrokerTokens

/// Clients of the authorization endpoint, and requests of theirs.
enum RequestBench {
    static let redirectURI = "https://app.example.com/callback"
    /// The example of RFC 7636 Appendix B.
    static let verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    /// The challenge of any text, valid or not.
    static func challenge(of verifier: Secret) -> String {
        Base64URL.encode(SHA256.hash(data: verifier.revealBytes()))
    }

    /// `web` has a secret, `legacy` too and may do without PKCE, `spa` is public, `phone` is native, `partner`'s people
    /// are asked, `shop` may only use `wechat`, and `machine` gets no codes.
    static func clients() throws -> [TokenClient] {
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        let grants: Set<GrantType> = [.authorizationCode, .refreshToken]
        func client(
            _ id: String,
            _ authentication: TokenClient.Authentication,
            grants: Set<GrantType> = grants,
            providers: Set<ProviderID>? = nil,
            _ authorization: AuthorizationSettings
        ) throws -> TokenClient {
            try TokenClient(
                id: id, authentication: authentication, grants: grants, audiences: [TokenBench.audience],
                providers: providers, authorization: authorization)
        }
        let app = AuthorizationSettings(redirectURIs: [redirectURI])
        return [
            try client(
                "web", secret,
                AuthorizationSettings(redirectURIs: [redirectURI, "https://app.example.com/other?tenant=1"])),
            try client("legacy", secret, AuthorizationSettings(redirectURIs: [redirectURI], pkce: .optional)),
            try client("spa", .none, app),
            try client(
                "phone", .none,
                AuthorizationSettings(
                    redirectURIs: ["com.example.phone:/callback", "http://127.0.0.1/callback"], isNative: true)),
            try client("partner", secret, AuthorizationSettings(redirectURIs: [redirectURI], consent: .ask)),
            try client("shop", secret, providers: ["wechat"], app),
            try client("machine", secret, grants: [.refreshToken], app),
            try client("oneshot", secret, grants: [.authorizationCode], app),
        ]
    }

    /// The parameters of a request that is valid as it stands.
    static func parameters(_ client: String = "web", redirectURI: String = redirectURI) -> [String: String] {
        [
            "client_id": client, "redirect_uri": redirectURI, "response_type": "code", "scope": "openid profile",
            "state": "af0ifjsldkj", "nonce": "n-0S6_WzA2Mj", "code_challenge": challenge,
            "code_challenge_method": "S256",
        ]
    }

    /// The query of a valid request with some parameters changed; nil leaves one out.
    static func query(
        _ client: String = "web",
        redirectURI: String = redirectURI,
        _ changes: [String: String?] = [:]
    ) -> Substring {
        var parameters = parameters(client, redirectURI: redirectURI)
        for (name, value) in changes { parameters[name] = value }
        return form(parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    static func form(_ parameters: [(String, String)]) -> Substring {
        parameters.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")[...]
    }

    /// What becomes of a request.
    static func outcome(_ query: Substring) throws -> Outcome {
        let directory = try ClientDirectory(clients())
        do throws(AuthorizationRefusal) {
            return .valid(try AuthenticationRequest(query, from: directory, issuer: TokenBench.issuer))
        } catch {
            switch error {
            case .page(let error): return .page(error.code)
            case .client(let response, let error):
                return .client(error.code, ResponseSummary(response))
            }
        }
    }

    static func outcome(
        _ client: String = "web",
        redirectURI: String = redirectURI,
        _ changes: [String: String?] = [:]
    ) throws -> Outcome {
        try outcome(query(client, redirectURI: redirectURI, changes))
    }

    /// A valid request.
    static func request(
        _ client: String = "web",
        redirectURI: String = redirectURI,
        _ changes: [String: String?] = [:]
    ) throws -> AuthenticationRequest {
        try AuthenticationRequest(
            query(client, redirectURI: redirectURI, changes), from: ClientDirectory(clients()),
            issuer: TokenBench.issuer)
    }

    enum Outcome: Equatable {
        case valid(AuthenticationRequest)
        case page(OAuthError.Code)
        case client(OAuthError.Code, ResponseSummary)

        /// The code of an error that the client gets.
        var clientError: OAuthError.Code? {
            if case .client(let code, _) = self { code } else { nil }
        }

        var isPage: Bool {
            if case .page = self { true } else { false }
        }

        var request: AuthenticationRequest? {
            if case .valid(let request) = self { request } else { nil }
        }
    }

    /// An answer, to compare.
    struct ResponseSummary: Equatable {
        let redirectURI: String
        let mode: ResponseMode
        let parameters: [String: String]

        init(_ response: AuthorizationResponse) {
            redirectURI = response.redirectURI
            mode = response.mode
            parameters = Dictionary(response.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        }
    }
}
