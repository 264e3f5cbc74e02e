import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import LoopbackServer
import StrictJSON
import Testing

@testable import AlipayProvider

/// Logins through the real pipeline, at an Alipay that answers as told, and signs what it answers.
struct Scenario: Sendable {
    static let appId = "2021000118608888"
    static let code = "canary-auth-code-71ab93e2c5"
    static let accessToken = "canary-access-token-5e77a1"
    static let refreshToken = "canary-refresh-token-2b90c4"
    static let openId = "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5"
    static let userId = "2088102104794936"
    static let unionId = "078mR6dKPVoGvnTp1BrjXdJgqT93"
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Everything that may appear nowhere but in a request.
    static let canaries = [code, accessToken, refreshToken, "canary", String(TestKey.app.suffix(40))]

    static let token = """
        {"access_token":"\(accessToken)","refresh_token":"\(refreshToken)","open_id":"\(openId)","user_id":"\(userId)",\
        "union_id":"\(unionId)","expires_in":"1296000","re_expires_in":2592000}
        """
    static let profile = """
        {"code":"10000","msg":"Success","open_id":"\(openId)","user_id":"\(userId)","nick_name":"张三",\
        "avatar":"https://tfs.alipayobjects.com/images/partner/a.png","gender":"F","province":"浙江省","city":"杭州市"}
        """

    /// What Alipay answers, by the last word of the method; nil for the right answer.
    var answers: [String: UpstreamResponse] = [:]
    /// What happens instead of an answer, by the last word of the method.
    var failures: [String: TransportFailure] = [:]
    /// What holds an answer back, by the last word of the method.
    var gates: [String: Turnstile] = [:]
    var settings: AlipayProvider.Settings
    var resolver = SecretResolver.process
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        settings = AlipayProvider.Settings(appId: Self.appId, privateKey: .literal(Secret(TestKey.app)))
        settings.alipayPublicKey = .literal(Secret(TestKey.alipayPublic))
        change(&self)
    }

    /// With another node in the answer to a method, which is signed.
    func answering(_ word: String, _ node: String, as name: String? = nil, status: Int = 200) throws -> Scenario {
        answering(word, body: try Self.signed(node, as: name ?? Self.name(of: word)), status: status)
    }

    /// With another body in answer to a method.
    func answering(_ word: String, body: String, status: Int = 200) -> Scenario {
        answering(word, bytes: Array(body.utf8), status: status)
    }

    func answering(_ word: String, bytes: [UInt8], status: Int = 200) -> Scenario {
        var copy = self
        copy.answers[word] = .html(bytes, status: status)
        return copy
    }

    static func name(of word: String) -> String {
        word == "token" ? "alipay_system_oauth_token_response" : "alipay_user_info_share_response"
    }

    /// A body with a node, and with the signature of exactly this text.
    static func signed(_ node: String, as name: String, more: String = "", by key: String = TestKey.alipay) throws
        -> String
    {
        #"{"\#(name)":\#(node),"sign":"\#(try signature(of: Array(node.utf8), by: key))"\#(more)}"#
    }

    static func signature(of text: [UInt8], by key: String = TestKey.alipay) throws -> String {
        let der = try #require(Data(base64Encoded: key))
        return try _RSA.Signing.PrivateKey(derRepresentation: der)
            .signature(for: SHA256.hash(data: text), padding: .insecurePKCS1v1_5).rawRepresentation
            .base64EncodedString()
    }
}

extension Scenario {
    /// A broker with an instance, and Alipay behind it.
    func desk() throws -> Desk {
        let testClock = TestClock()
        let clock = BrokerClock(testClock, now: { Self.now })
        let instance = try ProviderInstance(
            AlipayProvider.self, settings: settings,
            context: ProviderContext(id: "alipay", clock: clock, logger: logger, resolver: resolver))
        let (transport, store) = (ScriptedAlipay(self), MemoryStore())
        let broker = try Broker(
            providers: [instance], transport: transport, store: store, clock: clock, logger: logger)
        return Desk(broker: broker, transport: transport, store: store, clock: testClock)
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

    /// The checked settings.
    func app() throws -> AlipayApp {
        try AlipayApp(settings, in: ProviderContext(id: "alipay", resolver: resolver))
    }
}

/// A broker with one instance, and Alipay behind it.
struct Desk: Sendable {
    let broker: Broker
    let transport: ScriptedAlipay
    let store: MemoryStore
    let clock: TestClock

    func login(_ credential: Credential) async throws -> Identity {
        try await broker.login("alipay", with: credential)
    }

    /// A login by redirect, whose browser brings this back; `STATE` is the flow's state.
    func redirect(_ callback: String = "auth_code=\(Scenario.code)&state=STATE") async throws -> Identity {
        let start = try await broker.beginRedirect("alipay", returningTo: "https://app.example/callback")
        let text = callback.replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login("alipay", with: .callback(text, of: start.flow))
    }
}

/// Alipay's gateway without a network, which records what it is asked.
final class ScriptedAlipay: UpstreamTransport {
    private let scenario: Scenario
    private let recorded = Locked<[(request: UpstreamRequest, timeout: Duration)]>([])

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    var requests: [UpstreamRequest] { recorded.withLock { $0.map(\.request) } }

    /// How long each answer may take.
    var timeouts: [Duration] { recorded.withLock { $0.map(\.timeout) } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withLock { $0.append((request, timeout)) }
        let word = request.word
        if let failure = scenario.failures[word] { throw failure }
        if let gate = scenario.gates[word] {
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: true) }
        }
        if let answer = scenario.answers[word] { return answer }
        let node = word == "token" ? Scenario.token : Scenario.profile
        guard let body = try? Scenario.signed(node, as: Scenario.name(of: word)) else { return .html([], status: 500) }
        return .html(Array(body.utf8))
    }
}

extension UpstreamRequest {
    var form: [String: String] { FormText.decode(String(decoding: body, as: UTF8.self)) }

    /// The last word of the method.
    var word: String { String((form["method"] ?? "").split(separator: ".").last ?? "") }
}

extension UpstreamResponse {
    /// An answer with this body, which Alipay calls HTML.
    static func html(_ body: [UInt8], status: Int = 200) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "text/html;charset=utf-8"], body: body)
    }
}
