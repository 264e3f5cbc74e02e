import BrokerTesting
import Foundation
import IdentityBroker
import Logging

@testable import FeishuProvider

/// Logins through the real pipeline, at a Feishu that answers as told.
struct Scenario: LoginScenario {
    static let appId = "cli_a5ca35a685b0x26e"
    static let secret = "canary-app-secret-6d1f"
    static let code = "canary-code-71ab"
    static let appToken = "canary-app-access-token-40c8"
    static let userToken = "canary-user-access-token-5e77"
    static let refreshToken = "canary-refresh-token-2b90"
    static let sessionKey = "canary-session-key-9c3d"
    static let phone = "+8613800138000"
    static let openID = "ou_194fcfc5e4b78db556a040ff5e42c0"
    static let unionID = "on_cad4860e7af114fb4ff6c5d496d1dd76"
    static let userID = "6c486g"
    static let tenantKey = "59e2b56b268fc3b01UUfB_Do"
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Everything that may appear nowhere but in a request.
    static let canaries = [secret, code, appToken, userToken, refreshToken, sessionKey, phone, "canary"]

    static let id: ProviderID = "feishu"
    static let callback = "code=\(code)&state=STATE"

    var script = UpstreamScript(
        appTokens: .init(
            [appToken], refusal: response(#"{"code":99991664,"msg":"invalid app_access_token"}"#, status: 400)))
    var settings = FeishuProvider.Settings(appId: appId, secret: .literal(Secret(secret)))
    var now: Date = Scenario.now
    var limits = ProviderLimits()
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// What Feishu answers, by the last word of the path.
    func answer(to word: String, _ number: Int) -> UpstreamResponse {
        switch word {
        case "token": Self.response(Self.token)
        case "tokenLoginValidate": Self.response(Self.session)
        case "user_info": Self.response(Self.userInfo)
        case "internal":
            Self.response(
                #"{"code":0,"msg":"ok","app_access_token":"\#(script.appTokens.token(number))","expire":7140}"#)
        default: Self.response("", status: 404)
        }
    }

    /// With codes of `tt.login`.
    var withLoginCodes: Scenario {
        var copy = self
        copy.settings.appCode = .login
        return copy
    }

    static let token = """
        {"code":0,"access_token":"\(userToken)","expires_in":7200,"refresh_token":"\(refreshToken)",\
        "refresh_token_expires_in":604800,"scope":"auth:user.id:read offline_access","token_type":"Bearer"}
        """
    static let session = """
        {"code":0,"msg":"success","data":{"open_id":"\(openID)","employee_id":"\(userID)","session_key":"\(sessionKey)",\
        "tenant_key":"\(tenantKey)","access_token":"\(userToken)","expires_in":1662096655,\
        "refresh_token":"\(refreshToken)"}}
        """
    static let userInfo = userInfo()

    /// The answer with these members in place of its ids.
    static func userInfo(
        _ ids: String = """
        "open_id":"\(openID)","union_id":"\(unionID)","user_id":"\(userID)","tenant_key":"\(tenantKey)"
        """
    ) -> String {
        """
        {"code":0,"msg":"success","data":{"name":"张三","en_name":"Jack","avatar_url":"https://s.feishucdn.example/a.png",\
        "avatar_thumb":"","email":"zhangsan@people.example","enterprise_email":"zhangsan@corp.example",\
        "mobile":"\(phone)","employee_no":"7",\(ids)}}
        """
    }
}

extension Scenario {
    /// The failure of a login by redirect; nil if it succeeds.
    func failure() async -> BrokerError? {
        await Self.failure { _ = try await desk().redirect() }
    }

    /// The failure of a login with an app's own code; nil if it succeeds.
    func appFailure() async -> BrokerError? {
        await Self.failure { _ = try await desk().app() }
    }

    /// A broker with an instance, and Feishu behind it.
    ///
    /// - Parameter transport: Another broker's, to share its Feishu; nil for one of its own.
    func desk(at transport: ScriptedTransport? = nil) throws -> LoginDesk {
        try desk(FeishuProvider.self, settings, at: transport)
    }
}

extension LoginDesk {
    /// A login with an app's own code.
    func app(_ code: String = Scenario.code) async throws -> Identity {
        try await login(.authorizationCode(code))
    }
}
