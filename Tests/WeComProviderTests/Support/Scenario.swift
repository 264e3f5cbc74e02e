import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import LoopbackServer
import StrictJSON

@testable import WeComProvider

/// Logins through the real pipeline, at a WeCom that answers as told.
struct Scenario: Sendable {
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

    /// What WeCom answers, by the last word of the path; nil for the right answer.
    var answers: [String: UpstreamResponse] = [:]
    /// What it answers first, before the others, by the last word of the path.
    var firstAnswers: [String: [UpstreamResponse]] = [:]
    /// The app tokens that are issued, the last one for good, and those that are refused.
    var appTokens = [appToken]
    var refusedTokens: Set<String> = []
    /// Those that only the request whose path ends in this word refuses.
    var refusedTokensByWord: [String: Set<String>] = [:]
    /// The answer to a request with a refused token.
    var tokenRefusal = UpstreamResponse.json(#"{"errcode":42001,"errmsg":"access_token expired"}"#)
    /// What happens instead of an answer, by the last word of the path.
    var failures: [String: TransportFailure] = [:]
    /// What holds an answer back, by the last word of the path.
    var gates: [String: Turnstile] = [:]
    var settings = WeComProvider.Settings(corpId: corpId, agentId: agentId, secret: .literal(Secret(secret)))
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

    static func failure(_ body: () async throws -> Void) async -> BrokerError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }

    /// A broker with an instance, and WeCom behind it.
    ///
    /// - Parameter transport: Another broker's, to share its WeCom; nil for one of its own.
    func desk(at transport: ScriptedWeCom? = nil) throws -> Desk {
        // A stopped clock, so that the result does not depend on how busy the machine is.
        let testClock = TestClock()
        let clock = BrokerClock(testClock, now: { Self.now })
        let instance = try ProviderInstance(
            WeComProvider.self, settings: settings,
            context: ProviderContext(id: "wecom", clock: clock, logger: logger), limits: limits)
        let (transport, store) = (transport ?? ScriptedWeCom(self), MemoryStore())
        let broker = try Broker(
            providers: [instance], transport: transport, store: store, clock: clock, logger: logger)
        return Desk(broker: broker, transport: transport, store: store, clock: testClock)
    }
}

/// A broker with one instance, and WeCom behind it.
struct Desk: Sendable {
    let broker: Broker
    let transport: ScriptedWeCom
    let store: MemoryStore
    let clock: TestClock

    /// A mini program's login.
    func miniProgram(_ code: String = Scenario.code) async throws -> Identity {
        try await broker.login("wecom", with: .authorizationCode(code))
    }

    /// A login by redirect, whose browser brings this back; `STATE` is the flow's state.
    func redirect(_ callback: String = "code=\(Scenario.code)&state=STATE") async throws -> Identity {
        let start = try await broker.beginRedirect("wecom", returningTo: "https://app.example/callback")
        let text = callback.replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login("wecom", with: .callback(text, of: start.flow))
    }
}

/// WeCom's API without a network, which records what it is asked.
final class ScriptedWeCom: UpstreamTransport {
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
        if let gate = scenario.gates[request.word] {
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: true) }
        }
        let refused = scenario.refusedTokens.union(scenario.refusedTokensByWord[request.word] ?? [])
        if refused.contains(where: { (request.head.path ?? "").contains($0) }) {
            return scenario.tokenRefusal
        }
        if let first = scenario.firstAnswers[request.word], count <= first.count { return first[count - 1] }
        if let answer = scenario.answers[request.word] { return answer }
        switch request.word {
        case "getuserinfo": return .json(Scenario.userInfo)
        case "jscode2session": return .json(Scenario.session)
        case "get": return .json(Scenario.member)
        case "getuserdetail": return .json(Scenario.details)
        case "gettoken":
            let token = scenario.appTokens[min(count, scenario.appTokens.count) - 1]
            return .json(#"{"errcode":0,"errmsg":"ok","access_token":"\#(token)","expires_in":7200}"#)
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
            status: .init(code: status), headerFields: [.contentType: "application/json; charset=UTF-8"],
            body: Array(body.utf8))
    }
}
