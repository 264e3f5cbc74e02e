import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import LoopbackServer
import StrictJSON

@testable import WeChatProvider

/// Logins through the real pipeline, at a WeChat that answers as told.
struct Scenario: Sendable {
    static let appId = "wx4f4bc4dec97d474b"
    static let secret = "canary-app-secret-6d1f"
    static let code = "canary-code-of-wx-login-71ab"
    static let phoneCode = "canary-phone-code-93e2"
    static let appToken = "canary-app-access-token-40c8"
    static let userToken = "canary-user-access-token-5e77"
    static let refreshToken = "canary-refresh-token-2b90"
    static let phone = "13800138000"
    static let openid = "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
    static let unionid = "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
    /// The key and the time of the official example of `encryptedData`.
    static let sessionKey = "tiihtNczf5v6AKRyjwEUhQ=="
    static let now = Date(timeIntervalSince1970: 1_477_314_187 + 60)

    /// Everything that may appear nowhere but in a request.
    static let canaries = [secret, code, phoneCode, appToken, userToken, refreshToken, phone, sessionKey, "canary"]

    /// What WeChat answers, by the last word of the path; nil for the right answer.
    var answers: [String: UpstreamResponse] = [:]
    /// The app tokens that are issued, the last one for good, and those that are refused.
    var appTokens = [appToken]
    var refusedTokens: Set<String> = []
    /// The answer to a request with a refused token.
    var tokenRefusal = UpstreamResponse.json(#"{"errcode":40001,"errmsg":"invalid credential"}"#)
    /// What happens instead of an answer, by the last word of the path.
    var failures: [String: TransportFailure] = [:]
    /// What holds an answer back, by the last word of the path.
    var gates: [String: Turnstile] = [:]
    var account = WeChatAccountSettings(appId: appId, secret: .literal(Secret(secret)))
    var now = Scenario.now
    var limits = ProviderLimits()
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// With another answer to the request whose path ends in this word.
    func answering(_ word: String, _ body: String, status: Int = 200) -> Scenario {
        var copy = self
        copy.answers[word] = .json(body, status: status)
        return copy
    }

    static let session = #"{"session_key":"\#(sessionKey)","openid":"\#(openid)","unionid":"\#(unionid)"}"#
    static let token = """
        {"access_token":"\(userToken)","expires_in":7200,"refresh_token":"\(refreshToken)","openid":"\(openid)",\
        "scope":"snsapi_userinfo","unionid":"\(unionid)"}
        """
    static let profile = """
        {"openid":"\(openid)","nickname":"Band","sex":1,"province":"","city":"Guangzhou","country":"CN",\
        "headimgurl":"http://thirdwx.qlogo.cn/mmopen/vi_32/a/132","privilege":[],"unionid":"\(unionid)"}
        """

    static func phone(
        _ number: String = phone,
        pure: String? = nil,
        country: String = #""86""#,
        appId: String = appId,
        time: Int = 1_477_314_187
    ) -> String {
        """
        {"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"\(number)","purePhoneNumber":"\(pure ?? number)",\
        "countryCode":\(country),"watermark":{"timestamp":\(time),"appid":"\(appId)"}}}
        """
    }
}

extension Scenario {
    /// The signature that WeChat makes of a profile.
    static func signature(of rawData: String) -> String {
        Insecure.SHA1.hash(data: Array((rawData + sessionKey).utf8)).map {
            ($0 < 16 ? "0" : "") + String($0, radix: 16)
        }
        .joined()
    }

    /// What a mini program sends for a login.
    static func credential(_ parts: [String: String] = [:], code: String = Scenario.code) -> Credential {
        .authorizationCode(code, parts: parts.mapValues { Secret($0) })
    }

    /// A text encrypted as WeChat does it.
    static func encrypted(_ text: String) throws -> [String: String] { try encrypted(Array(text.utf8)) }

    static func encrypted(_ bytes: [UInt8]) throws -> [String: String] {
        let (key, iv) = (SymmetricKey(data: Data(base64Encoded: sessionKey) ?? Data()), [UInt8](0..<16))
        let data = try AES._CBC.encrypt(bytes, using: key, iv: AES._CBC.IV(ivBytes: iv))
        return ["encrypted_data": data.base64EncodedString(), "iv": Data(iv).base64EncodedString()]
    }

    /// A mini program's login.
    func miniProgram(_ credential: Credential = credential()) async throws -> Identity {
        try await desk(WeChatMiniProgramProvider.self, .init(account: account)).login(credential)
    }

    /// The failure of a mini program's login; nil if it succeeds.
    func failure(_ credential: Credential = credential()) async -> BrokerError? {
        await Self.failure { _ = try await miniProgram(credential) }
    }

    static func failure(_ body: () async throws -> Void) async -> BrokerError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }

    /// A broker with an instance of a type, and WeChat behind it.
    ///
    /// - Parameter transport: Another broker's, to share its WeChat; nil for one of its own.
    func desk<Provider: IdentityProvider>(
        _ type: Provider.Type,
        _ settings: Provider.Settings,
        at transport: ScriptedWeChat? = nil
    ) throws -> Desk {
        let now = now
        // A stopped clock, so that the result does not depend on how busy the machine is.
        let testClock = TestClock()
        let clock = BrokerClock(testClock, now: { now })
        let instance = try ProviderInstance(
            type, settings: settings, context: ProviderContext(id: "wechat", clock: clock, logger: logger),
            limits: limits)
        let (transport, store) = (transport ?? ScriptedWeChat(self), MemoryStore())
        let broker = try Broker(
            providers: [instance], transport: transport, store: store, clock: clock, logger: logger)
        return Desk(broker: broker, transport: transport, store: store, clock: testClock)
    }

    /// A login by redirect, or with a native code.
    func openPlatform(scope: WeChatScope = .userInfo) async throws -> Identity {
        try await desk(WeChatOfficialAccountProvider.self, .init(account: account, scope: scope)).redirect()
    }
}

/// A broker with one instance, and WeChat behind it.
struct Desk: Sendable {
    let broker: Broker
    let transport: ScriptedWeChat
    let store: MemoryStore
    let clock: TestClock

    func login(_ credential: Credential) async throws -> Identity {
        try await broker.login("wechat", with: credential)
    }

    /// A login by redirect, whose browser brings this back; `STATE` is the flow's state.
    func redirect(_ callback: String = "code=\(Scenario.code)&state=STATE") async throws -> Identity {
        let start = try await broker.beginRedirect("wechat", returningTo: "https://app.example/callback")
        let text = callback.replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login("wechat", with: .callback(text, of: start.flow))
    }
}

/// WeChat's API without a network, which records what it is asked.
final class ScriptedWeChat: UpstreamTransport {
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
        if scenario.refusedTokens.contains(where: { (request.head.path ?? "").contains($0) }) {
            return scenario.tokenRefusal
        }
        if let answer = scenario.answers[request.word] { return answer }
        switch request.word {
        case "jscode2session": return .json(Scenario.session)
        case "access_token": return .json(Scenario.token)
        case "userinfo": return .json(Scenario.profile)
        case "getuserphonenumber": return .json(Scenario.phone())
        case "stable_token":
            let token = scenario.appTokens[min(count, scenario.appTokens.count) - 1]
            return .json(#"{"access_token":"\#(token)","expires_in":7200}"#)
        default: return .json("", status: 404)
        }
    }
}

extension UpstreamRequest {
    /// The last word of the path.
    var word: String {
        String((head.path ?? "").prefix { $0 != "?" }.split(separator: "/").last ?? "")
    }

    var query: [String: String] { FormText.query(of: head.path ?? "") }

    var json: JSONObject? { (try? JSONReader().read(body))?.object }
}

extension UpstreamResponse {
    /// An answer with this body, which WeChat calls plain text.
    static func json(_ body: String, status: Int = 200) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "text/plain"], body: Array(body.utf8))
    }
}
