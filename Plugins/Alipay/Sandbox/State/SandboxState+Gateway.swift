import BrokerSandbox
import Foundation
import LoopbackServer

/// Why the gateway refuses.
struct Refusal: Error, Sendable, Equatable {
    let code: String
    let message: String
    let subCode: String
    let subMessage: String

    init(_ code: String, _ message: String, _ subCode: String, _ subMessage: String) {
        self.code = code
        self.message = message
        self.subCode = subCode
        self.subMessage = subMessage
    }

    static func missing(_ name: String) -> Refusal {
        Refusal("40001", "Missing Required Arguments", "isv.missing-\(name)", "缺少参数")
    }

    static func invalid(_ name: String, _ subMessage: String) -> Refusal {
        Refusal("40002", "Invalid Arguments", "isv.\(name)", subMessage)
    }

    static let unknownApp = invalid("invalid-app-id", "无效的AppID参数")
    static let token = Refusal(
        "20001", "Insufficient Token Permissions", "aop.invalid-auth-token", "无效的访问令牌")
    static let scope = Refusal(
        "40006", "Insufficient Permissions", "isv.insufficient-isv-permissions", "ISV权限不足")

    var members: Members {
        ["code": .text(code), "msg": .text(message), "sub_code": .text(subCode), "sub_msg": .text(subMessage)]
    }
}

/// The gateway, which the broker asks.
extension SandboxState {
    /// Where a developer gets what an app would get: `GET /sandbox/login?person=…`.
    static let loginPath = "/sandbox/login"
    /// How far the clock of a request may be off, in seconds.
    private static let clockTolerance: TimeInterval = 15 * 60

    /// Answers what the broker, or a developer with curl, asks over TLS: with status 200, whatever it is.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        switch request.path {
        case "/gateway.do": return try gateway(request, at: now)
        case Self.loginPath:
            return try answerLogin(request) {
                ["code": .text($0.issueCode(to: $1, scope: Self.profileScope, at: now))]
            }
        default: return .respond(status: 404)
        }
    }

    private mutating func gateway(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        // Parameters may be in the query as well as in the form.
        let fields = [request.query, request.isForm ? request.bodyText : ""].filter { !$0.isEmpty }
        let parameters = FormText.parameters(in: fields.joined(separator: "&"))
        let method = parameters?["method"] ?? ""
        let name = "\(method.replacing(".", with: "_"))_response"
        do {
            guard let parameters else { throw Refusal.invalid("invalid-parameter", "参数无效") }
            try check(parameters, at: now)
            return try signed(try call(method, parameters, at: now), as: name)
        } catch let refusal as Refusal where refusal == .unknownApp && !method.isEmpty {
            // Of an app that it does not know, Alipay knows no key either: it signs nothing, and names the method.
            return .alipay(try JSON.object([name: .object(refusal.members)]).encoded())
        } catch let refusal as Refusal {
            return try signed(refusal.members, as: "error_response")
        }
    }

    /// The answer, which names the gateway's certificate if it has one. Its slashes are escaped, and its node is signed as if they were not, as the gateway's own often are.
    private func signed(_ members: Members, as name: String) throws -> ServerScript {
        let node = try JSON.object(members).encoded()
        let signature = try keys.signature(of: node)
        let number = keys.numbers.map { #","alipay_cert_sn":"\#($0.alipay)""# } ?? ""
        return .alipay(#"{"\#(name)":\#(node.replacing("/", with: #"\/"#))\#(number),"sign":"\#(signature)"}"#)
    }

    private func check(_ parameters: [String: String], at now: Date) throws {
        for (name, subCode) in [("app_id", "app-id"), ("method", "method"), ("sign", "signature")] {
            guard parameters[name]?.isEmpty == false else { throw Refusal.missing(subCode) }
        }
        guard parameters["app_id"] == appId else { throw Refusal.unknownApp }
        guard parameters["sign_type"] == "RSA2" else { throw Refusal.invalid("invalid-signature-type", "无效签名类型") }
        guard parameters["format"] ?? "JSON" == "JSON" else { throw Refusal.invalid("invalid-format", "无效的数据格式") }
        guard parameters["charset"] == "utf-8" else { throw Refusal.invalid("invalid-charset", "字符集错误") }
        guard parameters["version"] == "1.0" else { throw Refusal.invalid("invalid-version", "无效的版本") }
        guard let time = parameters["timestamp"].flatMap(Self.time),
            abs(time.timeIntervalSince(now)) <= Self.clockTolerance
        else { throw Refusal.invalid("invalid-timestamp", "非法的时间戳参数") }
        try checkCertificates(parameters)
        guard keys.verifies(parameters) else {
            // Alipay shows what it would have signed, code and all.
            throw Refusal.invalid(
                "invalid-signature", "验签出错，网关生成的验签字符串为：\(GatewayKeys.signedText(of: parameters))")
        }
    }

    /// Refuses requests that do not name the app's certificate and the roots, if the app has certificates.
    private func checkCertificates(_ parameters: [String: String]) throws(Refusal) {
        guard let numbers = keys.numbers else { return }
        for (name, number) in [("app_cert_sn", numbers.app), ("alipay_root_cert_sn", numbers.root)] {
            let word = name.replacing("_", with: "-")
            guard let given = parameters[name] else { throw .missing(word) }
            guard given == number else { throw .invalid("invalid-\(word)", "证书序列号无效") }
        }
    }

    /// Reads a time in Beijing, as in `2026-01-02 11:04:05`.
    private static func time(_ text: String) -> Date? {
        guard text.utf8.count == 19, text.contains(" ") else { return nil }
        return try? Date("\(text.replacing(" ", with: "T"))+08:00", strategy: .iso8601)
    }

    private mutating func call(_ method: String, _ parameters: [String: String], at now: Date) throws -> Members {
        switch method {
        case "alipay.system.oauth.token": return try token(parameters, at: now)
        case "alipay.user.info.share": return try profile(parameters, at: now)
        default: throw Refusal.invalid("invalid-method", "不存在的方法名")
        }
    }

    private mutating func token(_ parameters: [String: String], at now: Date) throws -> Members {
        guard parameters["grant_type"] == "authorization_code" else {
            throw Refusal.invalid("grant-type-invalid", "授权类型grant_type无效")
        }
        guard let code = parameters["code"], let issued = codes.value(of: code, at: now), !issued.isUsed else {
            throw Refusal.invalid("code-invalid", "授权码code无效")
        }
        codes.update(code) { $0.isUsed = true }
        let (token, refreshToken) = (handle(20), handle(20))
        tokens.add((issued.person, issued.scope), as: token, for: Self.tokenLifetime, at: now)
        let ids = issued.person.ids(at: appId, withUserId: givesUserIds)
        return ids.merging([
            "access_token": .text(token), "refresh_token": .text(refreshToken),
            "expires_in": .number(Int(Self.tokenLifetime)), "re_expires_in": .number(2 * Int(Self.tokenLifetime)),
        ]) { id, _ in id }
    }

    private func profile(_ parameters: [String: String], at now: Date) throws -> Members {
        guard let token = parameters["auth_token"].flatMap({ tokens.value(of: $0, at: now) }) else {
            throw Refusal.token
        }
        guard token.scope == Self.profileScope else { throw Refusal.scope }
        let ids = token.person.ids(at: appId, withUserId: givesUserIds)
        return token.person.alipayProfile.merging(ids) { member, _ in member }
    }
}

extension ServerScript {
    /// An answer of the gateway, which calls its JSON HTML.
    fileprivate static func alipay(_ text: String) -> ServerScript {
        .respond(headers: [HeaderField("Content-Type", "text/html;charset=utf-8")], body: Array(text.utf8))
    }
}
