import BrokerSandbox
import Foundation
import LoopbackServer

/// Why DingTalk refuses.
struct Refusal: Error, Sendable, Equatable {
    let status: Int
    let code: String
    let message: String

    static let body = Refusal(status: 400, code: "MissingBody", message: "body is mandatory for this action.")
    static let client = Refusal(status: 400, code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret")
    static let grantType = Refusal(status: 400, code: "invalidParameter.grantType", message: "不合法的grantType")
    static let code = Refusal(status: 400, code: "invalidParameter.authCode.notFound", message: "不合法的临时授权码")
    static let token = Refusal(status: 401, code: "InvalidAuthentication", message: "不合法的access_token")
    static let action = Refusal(
        status: 404, code: "InvalidAction.NotFound",
        message: "Specified api is not found, please check your url and method.")
}

/// The API, which the broker asks.
extension SandboxState {
    /// Where a developer gets what an app would get: `GET /sandbox/login?person=…`.
    static let loginPath = "/sandbox/login"

    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        do {
            switch (request.method, request.path) {
            case ("POST", "/v1.0/oauth2/userAccessToken"): return try Self.json(try token(request, at: now))
            case ("GET", "/v1.0/contact/users/me"): return try Self.json(try user(request, at: now))
            case ("GET", Self.loginPath):
                return try answerLogin(request) { ["code": .text($0.issueCode(to: $1, at: now))] }
            default: throw Refusal.action
            }
        } catch let refusal as Refusal {
            return try Self.json(
                [
                    "code": .text(refusal.code), "message": .text(refusal.message),
                    "requestid": .text(handle().uppercased()),
                ], status: refusal.status)
        }
    }

    private static func json(_ members: Members, status: Int = 200) throws -> ServerScript {
        .respond(
            status: status, headers: [HeaderField("Content-Type", "application/json;charset=utf-8")],
            body: Array(try JSON.object(members).encoded().utf8))
    }

    private mutating func token(_ request: ReceivedRequest, at now: Date) throws -> Members {
        guard !request.isForm, let body = JSON.members(of: request.body) else { throw Refusal.body }
        guard body["clientId"] as? String == clientId, body["clientSecret"] as? String == clientSecret else {
            throw Refusal.client
        }
        guard body["grantType"] as? String == "authorization_code" else { throw Refusal.grantType }
        guard let code = body["code"] as? String, let issued = codes.value(of: code, at: now), !issued.isUsed else {
            throw Refusal.code
        }
        codes.update(code) { $0.isUsed = true }
        let (token, refreshToken) = (handle(), handle())
        tokens.add(issued.person, as: token, for: Self.tokenLifetime, at: now)
        return [
            "accessToken": .text(token), "refreshToken": .text(refreshToken),
            "expireIn": .number(Int(Self.tokenLifetime)),
        ]
    }

    private func user(_ request: ReceivedRequest, at now: Date) throws -> Members {
        let token = request.values(of: "x-acs-dingtalk-access-token").first
        guard let person = token.flatMap({ tokens.value(of: $0, at: now) }) else { throw Refusal.token }
        return person.dingTalkUser(at: clientId)
    }
}
