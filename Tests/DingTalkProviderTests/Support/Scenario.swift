import BrokerTesting
import Foundation
import IdentityBroker
import Logging

@testable import DingTalkProvider

/// Logins through the real pipeline, at a DingTalk that answers as told.
struct Scenario: LoginScenario {
    static let clientId = "dingoaxxkg7xyy4f8k2p"
    static let clientSecret = "canary-client-secret-6d1f0a"
    static let code = "canary-auth-code-71ab93e2c5"
    static let accessToken = "canary-access-token-5e77a1"
    static let refreshToken = "canary-refresh-token-2b90c4"
    static let mobile = "13800138000"
    static let unionId = "z21HjQliSzpw0Yxxxx"
    static let openId = "liSii8KCxxxxx"
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Everything that may appear nowhere but in a request.
    static let canaries = [clientSecret, code, accessToken, refreshToken, mobile, "canary"]

    static let token = """
        {"accessToken":"\(accessToken)","refreshToken":"\(refreshToken)","expireIn":7200,"corpId":"dingxxxxxx"}
        """
    static let user = """
        {"nick":"张三","avatarUrl":"https://static-legacy.dingtalk.com/media/a.png","mobile":"\(mobile)","openId":"\(openId)",\
        "unionId":"\(unionId)","email":"zhang@people.example","stateCode":"86","visitor":false}
        """

    static let id: ProviderID = "dingtalk"
    static let callback = "authCode=\(code)&state=STATE"

    var script = UpstreamScript()
    var settings = DingTalkProvider.Settings(clientId: clientId, clientSecret: .literal(Secret(clientSecret)))
    var now: Date = Scenario.now
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// What DingTalk answers, by the last word of the path.
    func answer(to word: String, _ number: Int) -> UpstreamResponse {
        switch word {
        case "userAccessToken": Self.response(Self.token)
        case "me": Self.response(Self.user)
        default: Self.response("", status: 404)
        }
    }
}

extension Scenario {
    /// A broker with an instance, and DingTalk behind it.
    func desk() throws -> LoginDesk { try desk(DingTalkProvider.self, settings) }

    func login() async throws -> Identity { try await desk().redirect() }

    /// The failure of a login; nil if it succeeds.
    func failure() async -> BrokerError? {
        await Self.failure { _ = try await login() }
    }
}
