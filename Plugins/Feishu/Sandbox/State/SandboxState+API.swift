import BrokerSandbox
import Foundation
import LoopbackServer

/// The API, which the broker asks.
extension SandboxState {
    /// Where a developer gets what a client would give an app: `GET /sandbox/login?person=…`, with `call=login` for the code
    /// of `tt.login`.
    static let loginPath = "/sandbox/login"
    /// Where a developer has the app's access token voided: `POST /sandbox/evict`.
    static let evictionPath = "/sandbox/evict"

    /// Where a developer has the app redeem no code for a while: `POST /sandbox/throttle`.
    static let throttlingPath = "/sandbox/throttle"

    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        do {
            switch (request.method, request.path) {
            case ("POST", TokenEndpoint.v2.path): return try Self.success(try token(request, from: .v2, at: now))
            case ("POST", TokenEndpoint.v3.path):
                let version = tokenEndpoint == .v2 ? TokenEndpoint.v3 : tokenEndpoint
                return try Self.success(try token(request, from: version, at: now))
            case ("POST", "/open-apis/mina/v2/tokenLoginValidate"):
                return try Self.success(["msg": "success", "data": .object(try session(request, at: now))])
            case ("GET", "/open-apis/authen/v1/user_info"):
                return try Self.success(["msg": "success", "data": .object(try userInfo(request, at: now))])
            case ("POST", "/open-apis/auth/v3/app_access_token/internal"):
                return try Self.success(try appToken(request, at: now))
            case ("GET", Self.loginPath):
                let call = (FormText.parameters(in: request.query) ?? [:])["call"]
                return try answerLogin(request) {
                    ["code": .text($0.issueCode(call == "login" ? .login : .requestAccess, to: $1, at: now))]
                }
            case ("POST", Self.evictionPath):
                appTokens.void()
                return .respond(status: 204)
            case ("POST", Self.throttlingPath):
                rateLimit.block(for: 30, at: now)
                return .respond(status: 204)
            default: return .respond(status: 404)
            }
        } catch let refusal as Refusal {
            let words: Members =
                refusal.error.isEmpty
                ? ["msg": .text(refusal.message)]
                : ["error": .text(refusal.error), "error_description": .text(refusal.message)]
            return try Self.json(
                words.with(["code": .number(refusal.code)]), status: refusal.status, wait: refusal.wait)
        }
    }

    private static func success(_ members: Members) throws -> ServerScript {
        try json(members.with(["code": 0]), status: 200)
    }

    private static func json(_ members: Members, status: Int, wait: Int? = nil) throws -> ServerScript {
        .respond(
            status: status,
            headers: [HeaderField("Content-Type", "application/json; charset=utf-8")]
                + (wait.map { [HeaderField("x-ogw-ratelimit-reset", "\($0)")] } ?? []),
            body: Array(try JSON.object(members).encoded().utf8))
    }

    private mutating func token(
        _ request: ReceivedRequest,
        from endpoint: TokenEndpoint,
        at now: Date
    ) throws -> Members {
        if let wait = rateLimit.wait(at: now) { throw Refusal.frequency(status: 429, wait: wait) }
        guard let body = JSON.members(of: request.body), body["code"] is String else { throw Refusal.parameter }
        guard body["grant_type"] as? String == "authorization_code" else { throw Refusal.grantType }
        guard body["client_id"] as? String == Tenancy.appId else { throw Refusal.app }
        guard body["client_secret"] as? String == secret else { throw Refusal.client }
        let issued = try redeem(body["code"] as? String, at: now)
        var scopes: [String] = []
        switch issued.origin {
        case .page(let redirectURI, let challenge, let granted):
            scopes = granted
            guard body["redirect_uri"] as? String == redirectURI else { throw Refusal.redirectURI }
            guard Self.fits(body["code_verifier"] as? String, challenge), challenge == nil || endpoint.takesPKCE else {
                throw Refusal.verifier
            }
        case .requestAccess: break
        case .login: throw Refusal.code
        }
        return issueTokens(to: issued.person, refreshable: scopes.contains("offline_access"), at: now)
            .with(["token_type": "Bearer", "scope": .text(scopes.joined(separator: " "))])
    }

    private mutating func session(_ request: ReceivedRequest, at now: Date) throws -> Members {
        try checkAppToken(request.values(of: "Authorization").first, at: now)
        if let wait = rateLimit.wait(at: now) { throw Refusal.frequency(status: 400, wait: wait) }
        guard let body = JSON.members(of: request.body) else { throw Refusal.parameter }
        let issued = try redeem(body["code"] as? String, at: now)
        guard issued.origin == .login else { throw Refusal.code }
        let person = issued.person
        return issueTokens(to: person, refreshable: true, at: now).with([
            "open_id": .text(person.openID), "employee_id": .text(person.userID),
            "tenant_key": .text(person.tenantKey), "session_key": .text(handle("", 16)),
        ])
    }

    private func userInfo(_ request: ReceivedRequest, at now: Date) throws -> Members {
        guard let authorization = request.values(of: "Authorization").first, authorization.hasPrefix("Bearer "),
            let person = userTokens.value(of: String(authorization.dropFirst(7)), at: now)
        else { throw Refusal.userToken }
        return person.feishuProfile
    }

    private mutating func appToken(_ request: ReceivedRequest, at now: Date) throws -> Members {
        guard let body = JSON.members(of: request.body) else { throw Refusal.parameter }
        guard body["app_id"] as? String == Tenancy.appId else { throw Refusal.appId }
        guard body["app_secret"] as? String == secret else { throw Refusal.secret }
        let token = appTokens.current(at: now, orElse: handle("a-", 30))
        // For a custom app, both are the same.
        return [
            "msg": "ok", "app_access_token": .text(token.text), "tenant_access_token": .text(token.text),
            "expire": .number(token.lifetime),
        ]
    }
}
