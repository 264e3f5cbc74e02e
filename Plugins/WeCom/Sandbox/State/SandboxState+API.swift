import BrokerSandbox
import Foundation
import LoopbackServer

/// The API, which the broker asks.
extension SandboxState {
    /// Where a developer gets what a mini program would get: `GET /sandbox/login?person=…`.
    static let loginPath = "/sandbox/login"
    /// Where a developer has the app's access token voided: `POST /sandbox/evict`.
    static let evictionPath = "/sandbox/evict"

    /// Answers what the broker, or a developer with curl, asks over TLS: with status 200, whatever it is.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let query = FormText.parameters(in: request.query) ?? [:]
        do {
            switch request.path {
            case "/cgi-bin/gettoken": return try Self.success(try token(request.method, query, at: now))
            case "/cgi-bin/auth/getuserinfo": return try Self.success(try userInfo(request.method, query, at: now))
            case "/cgi-bin/miniprogram/jscode2session":
                return try Self.success(try session(request.method, query, at: now))
            case "/cgi-bin/user/get": return try Self.success(try member(request.method, query, at: now))
            case "/cgi-bin/auth/getuserdetail": return try Self.success(try details(request, query, at: now))
            case Self.loginPath:
                return try answerLogin(request) { ["code": .text($0.issueCode(.miniProgram, to: $1, at: now))] }
            case Self.evictionPath where request.method == "POST":
                appTokens.void()
                return .respond(status: 204)
            default: return .respond(status: 404)
            }
        } catch let refusal as Refusal {
            // WeCom repeats the address that it was asked from.
            return try Self.json([
                "errcode": .number(refusal.code),
                "errmsg": .text(
                    """
                    \(refusal.message), hint: [\(Int(now.timeIntervalSince1970))], from ip: 127.0.0.1, more info at \
                    https://open.work.weixin.qq.com/devtool/query?e=\(refusal.code)
                    """),
            ])
        }
    }

    private static func success(_ members: Members) throws -> ServerScript {
        try json(members.with(["errcode": 0, "errmsg": "ok"]))
    }

    private static func json(_ members: Members) throws -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "application/json; charset=UTF-8")],
            body: Array(try JSON.object(members).encoded().utf8))
    }

    private mutating func token(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        guard method == "GET" else { throw Refusal.notGET }
        guard query["corpid"]?.lowercased() == Company.corpId else { throw Refusal.corpid }
        guard let secret = query["corpsecret"] else { throw Refusal.noSecret }
        guard secret == self.secret else { throw Refusal.secret }
        let token = appTokens.current(at: now, orElse: handle(90))
        return ["access_token": .text(token.text), "expires_in": .number(token.lifetime)]
    }

    private mutating func userInfo(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        guard method == "GET" else { throw Refusal.notGET }
        try checkAppToken(query["access_token"], at: now)
        let issued = try redeem(query["code"], at: now)
        guard case .page(let scope) = issued.kind else { throw Refusal.code }
        guard issued.person.isMember, scope == SandboxState.privateScope else { return issued.person.ids }
        return issued.person.ids.with(["user_ticket": .text(issueTicket(to: issued.person, at: now))])
    }

    private mutating func session(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        guard method == "GET" else { throw Refusal.notGET }
        try checkAppToken(query["access_token"], at: now)
        guard query["grant_type"] == "authorization_code" else { throw Refusal.grantType }
        let issued = try redeem(query["js_code"], at: now)
        guard issued.kind == .miniProgram else { throw Refusal.code }
        return issued.person.session.with(["session_key": .text(Data(randomBytes(16)).base64EncodedString())])
    }

    /// Redeems a code, which can be done once. WeCom does not tell a used one from one that it never issued.
    private mutating func redeem(_ code: String?, at now: Date) throws -> IssuedCode {
        guard let code, let issued = codes.value(of: code, at: now) else { throw Refusal.code }
        codes.remove(code)
        return issued
    }

    private func member(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        guard method == "GET" else { throw Refusal.notGET }
        try checkAppToken(query["access_token"], at: now)
        guard let person = query["userid"].flatMap(Person.member) else { throw Refusal.member }
        return person.entry
    }

    private func details(_ request: ReceivedRequest, _ query: [String: String], at now: Date) throws -> Members {
        guard request.method == "POST" else { throw Refusal.notPOST }
        try checkAppToken(query["access_token"], at: now)
        guard let body = JSON.members(of: request.body) else { throw Refusal.body }
        return try person(of: body["user_ticket"] as? String, at: now).details
    }
}
