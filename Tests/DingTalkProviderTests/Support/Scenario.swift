import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import LoopbackServer
import StrictJSON

@testable import DingTalkProvider

/// Logins through the real pipeline, at a DingTalk that answers as told.
struct Scenario: Sendable {
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

    /// What DingTalk answers, by the last word of the path; nil for the right answer.
    var answers: [String: UpstreamResponse] = [:]
    /// What happens instead of an answer, by the last word of the path.
    var failures: [String: TransportFailure] = [:]
    var settings = DingTalkProvider.Settings(clientId: clientId, clientSecret: .literal(Secret(clientSecret)))
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// With another answer to the request whose path ends in this word.
    func answering(_ word: String, _ body: String, status: Int = 200) -> Scenario {
        answering(word, bytes: Array(body.utf8), status: status)
    }

    func answering(_ word: String, bytes: [UInt8], status: Int = 200) -> Scenario {
        var copy = self
        copy.answers[word] = .json(bytes, status: status)
        return copy
    }

    /// A broker with an instance, and DingTalk behind it.
    func desk() throws -> Desk {
        let clock = BrokerClock(TestClock(), now: { Self.now })
        let instance = try ProviderInstance(
            DingTalkProvider.self, settings: settings,
            context: ProviderContext(id: "dingtalk", clock: clock, logger: logger))
        let (transport, store) = (ScriptedDingTalk(self), MemoryStore())
        let broker = try Broker(
            providers: [instance], transport: transport, store: store, clock: clock, logger: logger)
        return Desk(broker: broker, transport: transport, store: store)
    }

    func login() async throws -> Identity { try await desk().redirect() }

    /// The failure of a login; nil if it succeeds.
    func failure() async -> BrokerError? {
        await Self.failure { _ = try await login() }
    }

    static func failure(_ body: () async throws -> Void) async -> BrokerError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }
}

/// A broker with one instance, and DingTalk behind it.
struct Desk: Sendable {
    let broker: Broker
    let transport: ScriptedDingTalk
    let store: MemoryStore

    func login(_ credential: Credential) async throws -> Identity {
        try await broker.login("dingtalk", with: credential)
    }

    /// A login by redirect, whose browser brings this back; `STATE` is the flow's state.
    func redirect(_ callback: String = "authCode=\(Scenario.code)&state=STATE") async throws -> Identity {
        let start = try await broker.beginRedirect("dingtalk", returningTo: "https://app.example/callback")
        let text = callback.replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login("dingtalk", with: .callback(text, of: start.flow))
    }
}

/// DingTalk's API without a network, which records what it is asked.
final class ScriptedDingTalk: UpstreamTransport {
    private let scenario: Scenario
    private let recorded = Locked<[UpstreamRequest]>([])

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    var requests: [UpstreamRequest] { recorded.withLock { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withLock { $0.append(request) }
        let word = request.word
        if let failure = scenario.failures[word] { throw failure }
        if let answer = scenario.answers[word] { return answer }
        return .json(Array((word == "me" ? Scenario.user : Scenario.token).utf8))
    }
}

extension UpstreamRequest {
    /// The last word of the path.
    var word: String { String((head.path ?? "").split(separator: "/").last ?? "") }
}

extension UpstreamResponse {
    static func json(_ body: [UInt8], status: Int = 200) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "application/json;charset=utf-8"], body: body)
    }
}
