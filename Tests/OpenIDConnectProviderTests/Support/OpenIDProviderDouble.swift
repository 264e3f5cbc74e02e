import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import StrictJSON

/// An OpenID provider on loopback that misbehaves on command.
final class OpenIDProviderDouble: Sendable {
    static let clientId = "client-1"
    static let code = "code-canary-5ff1"
    static let accessToken = "access-canary-8c2e"
    static let requestURI = "urn:ietf:params:oauth:request_uri:1"
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    private let behavior: Behavior
    /// The base URL, once the server runs; and what the latest authorization request was.
    private let state = Locked<(baseURL: String, request: [String: String], pushed: [String: String])>(("", [:], [:]))

    init(_ behavior: Behavior) {
        self.behavior = behavior
    }

    func begin(at baseURL: String) { state.withLock { $0.baseURL = baseURL } }

    private var baseURL: String { state.withLock { $0.baseURL } }

    /// Signs the person in who follows the URL, and returns the query of the redirect URI.
    func callback(for url: String) -> String {
        var request = FormText.query(of: url)
        if request["request_uri"] == Self.requestURI { request = state.withLock { $0.pushed } }
        state.withLock { $0.request = request }
        var parameters = ["code": Self.code, "state": request["state"] ?? ""]
        behavior.callback(&parameters)
        return parameters.map { "\($0)=\(FormText.encode($1))" }.joined(separator: "&")
    }

    func answer(_ request: ReceivedRequest) throws -> ServerResponse {
        switch (request.method, request.target) {
        case ("GET", "\(behavior.documentPath)/.well-known/openid-configuration"):
            behavior.documentAnswer ?? .json(.object(document))
        case ("GET", "/keys"): .text(try keySet)
        case ("POST", "/par"): push(request)
        case ("POST", "/token"): try behavior.tokenAnswer ?? .json(.object(tokens()))
        case ("GET", "/userinfo"): try userInfo()
        default: ServerResponse(status: 404)
        }
    }

    private func push(_ request: ReceivedRequest) -> ServerResponse {
        guard let pushed = FormText.unique(request.bodyText) else {
            return .json(["error": "invalid_request"], status: 400)
        }
        state.withLock { $0.pushed = pushed }
        return behavior.pushAnswer
            ?? .json(["request_uri": .string(Self.requestURI), "expires_in": 60], status: 201)
    }

    private var document: JSONObject {
        var document: JSONObject = [
            "issuer": .string(baseURL), "authorization_endpoint": .string("\(baseURL)/authorize"),
            "token_endpoint": .string("\(baseURL)/token"), "userinfo_endpoint": .string("\(baseURL)/userinfo"),
            "jwks_uri": .string("\(baseURL)/keys"),
            "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post", "client_secret_basic"],
        ]
        behavior.document(&document, baseURL)
        return document
    }

    private var keySet: String {
        get throws { try behavior.keySet?() ?? TestKeys.published(behavior.key.get(), as: behavior.keyID) }
    }

    private func tokens() throws -> JSONObject {
        var tokens: JSONObject = [
            "access_token": .string(Self.accessToken), "token_type": "bearer", "expires_in": 60,
            "id_token": .string(try idToken()),
        ]
        behavior.tokens(&tokens)
        return tokens
    }

    /// An ID token with the nonce of the latest request, or another one.
    func idToken(nonce: String? = nil) throws -> String {
        let request = state.withLock { $0.request }
        let now = Self.now.timeIntervalSince1970
        var claims: JSONObject = [
            "iss": .string(baseURL), "sub": "person-1", "aud": .string(Self.clientId), "exp": .double(now + 600),
            "iat": .double(now), "name": "Ada", "email": "ada@people.example", "email_verified": true,
        ]
        claims["nonce"] = (nonce ?? request["nonce"]).map(JSONValue.string)
        behavior.claims(&claims)
        let header = behavior.keyID.map { ["kid": $0] } ?? [:]
        return try behavior.idToken(CompactJWS.sign(claims.jsonBytes, header: header, with: behavior.key.get()))
    }

    private func userInfo() throws -> ServerResponse {
        var claims: JSONObject = ["sub": "person-1", "name": "Ada of the userinfo"]
        behavior.userInfo(&claims)
        return try behavior.userInfoAnswer?(claims) ?? .json(.object(claims))
    }
}
