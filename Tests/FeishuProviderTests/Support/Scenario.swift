import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import StrictJSON

@testable import FeishuProvider

/// Logins through the real pipeline, at a Feishu that answers as told.
struct Scenario: Sendable {
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

    /// What Feishu answers, by the last word of the path; nil for the right answer.
    var answers: [String: UpstreamResponse] = [:]
    /// The app tokens that are issued, the last one for good, and those that are refused.
    var appTokens = [appToken]
    var refusedTokens: Set<String> = []
    /// The answer to a request with a refused token.
    var tokenRefusal = UpstreamResponse.json(#"{"code":99991664,"msg":"invalid app_access_token"}"#, status: 400)
    /// What happens instead of an answer, by the last word of the path.
    var failures: [String: TransportFailure] = [:]
    var settings = FeishuProvider.Settings(appId: appId, secret: .literal(Secret(secret)))
    var limits = ProviderLimits()
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// With another answer to the request whose path ends in this word.
    func answering(_ word: String, _ body: String, status: Int = 200) -> Scenario {
        answering(word, Array(body.utf8), status: status)
    }

    func answering(_ word: String, _ body: [UInt8], status: Int = 200) -> Scenario {
        var copy = self
        copy.answers[word] = UpstreamResponse(status: .init(code: status), body: body)
        return copy
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

    static func failure(_ body: () async throws -> Void) async -> BrokerError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }

    /// A broker with an instance, and Feishu behind it.
    ///
    /// - Parameter transport: Another broker's, to share its Feishu; nil for one of its own.
    func desk(at transport: ScriptedFeishu? = nil) throws -> Desk {
        // A stopped clock, so that the result does not depend on how busy the machine is.
        let testClock = TestClock()
        let clock = BrokerClock(testClock, now: { Self.now })
        let instance = try ProviderInstance(
            FeishuProvider.self, settings: settings,
            context: ProviderContext(id: "feishu", clock: clock, logger: logger), limits: limits)
        let (transport, store) = (transport ?? ScriptedFeishu(self), MemoryStore())
        let broker = try Broker(
            providers: [instance], transport: transport, store: store, clock: clock, logger: logger)
        return Desk(broker: broker, transport: transport, store: store, clock: testClock)
    }
}

/// A broker with one instance, and Feishu behind it.
struct Desk: Sendable {
    let broker: Broker
    let transport: ScriptedFeishu
    let store: MemoryStore
    let clock: TestClock

    /// A login with an app's own code.
    func app(_ code: String = Scenario.code) async throws -> Identity {
        try await broker.login("feishu", with: .authorizationCode(code))
    }

    /// A login by redirect, whose browser brings this back; `STATE` is the flow's state.
    func redirect(_ callback: String = "code=\(Scenario.code)&state=STATE") async throws -> Identity {
        let start = try await broker.beginRedirect("feishu", returningTo: "https://app.example/callback")
        let text = callback.replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login("feishu", with: .callback(text, of: start.flow))
    }
}

/// Feishu's API without a network, which records what it is asked.
final class ScriptedFeishu: UpstreamTransport {
    private let scenario: Scenario
    private let recorded = Locked<[UpstreamRequest]>([])

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    var requests: [UpstreamRequest] { recorded.withLock { $0 } }

    /// The requests whose path ends in this word.
    func requests(to word: String) -> [UpstreamRequest] { requests.filter { $0.word == word } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let count = recorded.withLock { requests in
            requests.append(request)
            return requests.count { $0.word == request.word }
        }
        if let failure = scenario.failures[request.word] { throw failure }
        let bearer = request.head.headerFields[.authorization] ?? ""
        if scenario.refusedTokens.contains(where: { bearer.contains($0) }) { return scenario.tokenRefusal }
        if let answer = scenario.answers[request.word] { return answer }
        switch request.word {
        case "token": return .json(Scenario.token)
        case "tokenLoginValidate": return .json(Scenario.session)
        case "user_info": return .json(Scenario.userInfo)
        case "internal":
            let token = scenario.appTokens[min(count, scenario.appTokens.count) - 1]
            return .json(#"{"code":0,"msg":"ok","app_access_token":"\#(token)","expire":7140}"#)
        default: return .json("", status: 404)
        }
    }
}

extension UpstreamRequest {
    /// The last word of the path.
    var word: String {
        String((head.path ?? "").prefix { $0 != "?" }.split(separator: "/").last ?? "")
    }

    var json: JSONObject? { (try? JSONReader().read(body))?.object }
}

extension UpstreamResponse {
    /// An answer with this body.
    static func json(_ body: String, status: Int = 200) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "application/json; charset=utf-8"],
            body: Array(body.utf8))
    }
}
