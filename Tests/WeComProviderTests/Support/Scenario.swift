import BrokerTesting
import Foundation
import IdentityBroker
import Logging

@testable import WeComProvider

/// Logins through the real pipeline, at a WeCom that answers as told.
struct Scenario: LoginScenario {
    static let corpId = "ww1a2b3c4d5e6f7a8b"
    static let agentId = "1000002"
    static let secret = "canary-app-secret-6d1f"
    static let code = "canary-code-71ab"
    static let appToken = "canary-app-access-token-40c8"
    static let ticket = "canary-user-ticket-5e77"
    static let sessionKey = "canary-session-key-9c3d"
    static let phone = "13800138000"
    static let userid = "ZhangSan"
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Everything that may appear nowhere but in a request.
    static let canaries = [secret, code, appToken, ticket, sessionKey, phone, "canary"]

    static let id: ProviderID = "wecom"
    static let callback = "code=\(code)&state=STATE"

    var script = UpstreamScript(
        appTokens: .init([appToken], refusal: response(#"{"errcode":42001,"errmsg":"access_token expired"}"#)))
    var settings = WeComProvider.Settings(corpId: corpId, agentId: agentId, secret: .literal(Secret(secret)))
    var now: Date = Scenario.now
    var limits = ProviderLimits()
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// What WeCom answers, by the last word of the path.
    func answer(to word: String, _ number: Int) -> UpstreamResponse {
        switch word {
        case "getuserinfo": Self.response(Self.userInfo)
        case "jscode2session": Self.response(Self.session)
        case "get": Self.response(Self.member)
        case "getuserdetail": Self.response(Self.details)
        case "gettoken":
            Self.response(
                #"{"errcode":0,"errmsg":"ok","access_token":"\#(script.appTokens.token(number))","expires_in":7200}"#)
        default: Self.response("", status: 404)
        }
    }

    static let userInfo = #"{"errcode":0,"errmsg":"ok","userid":"\#(userid)"}"#
    static let userInfoWithTicket = #"{"errcode":0,"errmsg":"ok","userid":"\#(userid)","user_ticket":"\#(ticket)"}"#
    static let session = """
        {"corpid":"\(corpId)","userid":"\(userid)","session_key":"\(sessionKey)","errcode":0,"errmsg":"ok"}
        """
    static let member = """
        {"errcode":0,"errmsg":"ok","userid":"\(userid)","name":"张三","alias":"jack","department":[1,2],"gender":"0",\
        "position":"工程师","status":1}
        """
    static let details = """
        {"errcode":0,"errmsg":"ok","userid":"\(userid)","gender":"1","avatar":"http://wework.qpic.cn/a/0",\
        "qr_code":"https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=x","mobile":"\(phone)",\
        "email":"zhangsan@people.example","biz_mail":"zhangsan@corp.example","address":"广州市海珠区新港中路"}
        """
}

extension Scenario {
    /// The failure of a login by redirect; nil if it succeeds.
    func failure() async -> BrokerError? {
        await Self.failure { _ = try await desk().redirect() }
    }

    /// The failure of a mini program's login; nil if it succeeds.
    func miniProgramFailure() async -> BrokerError? {
        await Self.failure { _ = try await desk().miniProgram() }
    }

    /// A broker with an instance, and WeCom behind it.
    ///
    /// - Parameter transport: Another broker's, to share its WeCom; nil for one of its own.
    func desk(at transport: ScriptedTransport? = nil) throws -> LoginDesk {
        try desk(WeComProvider.self, settings, at: transport)
    }
}

extension LoginDesk {
    /// A mini program's login.
    func miniProgram(_ code: String = Scenario.code) async throws -> Identity {
        try await login(.authorizationCode(code))
    }
}
