import BrokerSandbox
import Foundation
import LoopbackServer

/// Why WeChat refuses, by its code.
struct Refusal: Error, Sendable, Equatable {
    let code: Int
    let message: String

    static let code = Refusal(code: 40029, message: "invalid code")
    static let usedCode = Refusal(code: 40163, message: "code been used")
    static let appId = Refusal(code: 40013, message: "invalid appid")
    static let secret = Refusal(code: 40125, message: "invalid appsecret")
    static let grantType = Refusal(code: 40002, message: "invalid grant_type")
    static let token = Refusal(code: 40001, message: "invalid credential, access_token is invalid or not latest")
    static let openid = Refusal(code: 40003, message: "invalid openid")
    static let scope = Refusal(code: 48001, message: "api unauthorized")
    static let notGET = Refusal(code: 43001, message: "require GET method")
    static let notPOST = Refusal(code: 43002, message: "require POST method")
    static let body = Refusal(code: 47001, message: "data format error")
}

/// The API, which the broker asks.
extension SandboxState {
    /// Where a developer gets what an app would get: `GET /sandbox/login?person=…`.
    static let loginPath = "/sandbox/login"

    /// Answers what the broker, or a developer with curl, asks over TLS: with status 200, whatever it is.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let query = FormText.parameters(in: request.query) ?? [:]
        do {
            switch request.path {
            case "/sns/jscode2session": return try Self.plain(try session(request.method, query, at: now))
            case "/sns/oauth2/access_token": return try Self.plain(try token(request.method, query, at: now))
            case "/sns/userinfo": return try Self.plain(try profile(request.method, query, at: now))
            case "/wxa/business/getuserphonenumber": return try Self.plain(try phone(request, query, at: now))
            case "/cgi-bin/stable_token": return try Self.plain(try stableToken(request, at: now))
            case Self.loginPath where app.page == nil:
                return try answerLogin(request) { state, person in
                    let login = try state.logIn(person, at: now)
                    return login.parts.mapValues(JSON.text).with(["code": .text(login.code)])
                }
            default: return .respond(status: 404)
            }
        } catch let refusal as Refusal {
            // WeChat repeats what it was asked, and writes some codes as text.
            let message = "\(refusal.message), rid: \(handle(6)) hints: [ \(request.target) ]"
            let isText = request.path == "/sns/jscode2session"
            return try Self.plain([
                "errcode": isText ? .text("\(refusal.code)") : .number(refusal.code), "errmsg": .text(message),
            ])
        }
    }

    private static func plain(_ members: Members) throws -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "text/plain")],
            body: BrokenText.bytes(of: try JSON.object(members).encoded()))
    }

    private mutating func session(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        let issued = try redeem(query["js_code"], method, query, at: now) { kind in
            if case .session = kind { true } else { false }
        }
        return issued.person.ids(at: app.appId).with(["session_key": .text(sessionKeys[issued.person] ?? "")])
    }

    private mutating func token(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        let issued = try redeem(query["code"], method, query, at: now) { kind in
            if case .authorization = kind { true } else { false }
        }
        guard case .authorization(let scope) = issued.kind else { throw Refusal.code }
        let token = handle(60)
        userTokens.add((issued.person, scope), as: token, for: Self.tokenLifetime, at: now)
        // The flag is there only if it is set.
        let flag: Members = issued.person.seesSnapshot ? ["is_snapshotuser": 1] : [:]
        return issued.person.ids(at: app.appId).with(flag).with([
            "access_token": .text(token), "expires_in": .number(Int(Self.tokenLifetime)),
            "refresh_token": .text(handle(60)), "scope": .text(scope),
        ])
    }

    /// Redeems a code of a kind, which can be done once.
    private mutating func redeem(
        _ code: String?,
        _ method: String,
        _ query: [String: String],
        at now: Date,
        where isOfKind: (IssuedCode.Kind) -> Bool
    ) throws -> IssuedCode {
        guard method == "GET" else { throw Refusal.notGET }
        guard query["appid"] == app.appId else { throw Refusal.appId }
        guard query["secret"] == secret else { throw Refusal.secret }
        guard query["grant_type"] == "authorization_code" else { throw Refusal.grantType }
        return try redeem(code, at: now, where: isOfKind)
    }

    private mutating func redeem(
        _ code: String?,
        at now: Date,
        where isOfKind: (IssuedCode.Kind) -> Bool
    ) throws -> IssuedCode {
        guard let code, let issued = codes.value(of: code, at: now), isOfKind(issued.kind) else { throw Refusal.code }
        guard !issued.isUsed else { throw Refusal.usedCode }
        codes.update(code) { $0.isUsed = true }
        return issued
    }

    private func profile(_ method: String, _ query: [String: String], at now: Date) throws -> Members {
        guard method == "GET" else { throw Refusal.notGET }
        guard let token = query["access_token"].flatMap({ userTokens.value(of: $0, at: now) }) else {
            throw Refusal.token
        }
        guard query["openid"] == token.person.openid(at: app.appId) else { throw Refusal.openid }
        guard token.scope != "snsapi_base", !token.person.seesSnapshot else { throw Refusal.scope }
        return token.person.webProfile(at: app.appId)
    }

    private mutating func phone(_ request: ReceivedRequest, _ query: [String: String], at now: Date) throws -> Members {
        guard request.method == "POST" else { throw Refusal.notPOST }
        guard let token = query["access_token"], appTokens.standing(of: token, at: now) == .good else {
            throw Refusal.token
        }
        guard let body = JSON.members(of: request.body) else { throw Refusal.body }
        let code = body["code"] as? String
        // It looks at the user before it spends the code.
        if let openid = body["openid"] as? String, let issued = code.flatMap({ codes.value(of: $0, at: now) }),
            openid != issued.person.openid(at: app.appId)
        {
            throw Refusal.openid
        }
        let person = try redeem(code, at: now) { kind in
            if case .phone = kind { true } else { false }
        }.person
        let phone = person.phone
        return [
            "errcode": 0, "errmsg": "ok",
            "phone_info": [
                "phoneNumber": .text(phone.country == "86" ? phone.number : "+\(phone.country)\(phone.number)"),
                "purePhoneNumber": .text(phone.number), "countryCode": .number(Int(phone.country) ?? 0),
                "watermark": ["timestamp": .number(Int(now.timeIntervalSince1970)), "appid": .text(app.appId)],
            ],
        ]
    }

    private mutating func stableToken(_ request: ReceivedRequest, at now: Date) throws -> Members {
        guard request.method == "POST" else { throw Refusal.notPOST }
        guard let body = JSON.members(of: request.body) else { throw Refusal.body }
        guard body["grant_type"] as? String == "client_credential" else { throw Refusal.grantType }
        guard body["appid"] as? String == app.appId else { throw Refusal.appId }
        guard body["secret"] as? String == secret else { throw Refusal.secret }
        let token = appTokens.current(at: now, orElse: handle(90))
        return ["access_token": .text(token.text), "expires_in": .number(token.lifetime)]
    }
}
