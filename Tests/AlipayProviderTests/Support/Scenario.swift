import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import Testing

@testable import AlipayProvider

/// Logins through the real pipeline, at an Alipay that answers as told, and signs what it answers.
struct Scenario: LoginScenario {
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

    static let id: ProviderID = "alipay"
    static let callback = "auth_code=\(code)&state=STATE"

    var script = UpstreamScript()
    var settings: AlipayProvider.Settings
    var now: Date = Scenario.now
    var resolver = SecretResolver.process
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        settings = AlipayProvider.Settings(appId: Self.appId, privateKey: .literal(Secret(TestKey.app)))
        settings.alipayPublicKey = .literal(Secret(TestKey.alipayPublic))
        change(&self)
    }

    /// What Alipay answers, and signs.
    func answer(to word: String, _ number: Int) -> UpstreamResponse {
        let node = word == "token" ? Self.token : Self.profile
        guard let body = try? Self.signed(node, as: Self.name(of: word)) else { return Self.response("", status: 500) }
        return Self.response(body)
    }

    /// The last word of the method.
    static func word(of request: UpstreamRequest) -> String {
        String((request.form["method"] ?? "").split(separator: ".").last ?? "")
    }

    /// Alipay calls its JSON HTML.
    static func response(_ body: [UInt8], status: Int) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "text/html;charset=utf-8"], body: body)
    }

    /// With another node in the answer to a method, which is signed.
    func signing(_ word: String, _ node: String, as name: String? = nil, status: Int = 200) throws -> Scenario {
        answering(word, try Self.signed(node, as: name ?? Self.name(of: word)), status: status)
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
    func desk() throws -> LoginDesk { try desk(AlipayProvider.self, settings) }

    func login() async throws -> Identity { try await desk().redirect() }

    /// The failure of a login; nil if it succeeds.
    func failure() async -> BrokerError? {
        await Self.failure { _ = try await login() }
    }

    /// The checked settings.
    func app() throws -> AlipayApp {
        try AlipayApp(settings, in: ProviderContext(id: "alipay", resolver: resolver))
    }
}

extension UpstreamRequest {
    var form: [String: String] { FormText.decode(String(decoding: body, as: UTF8.self)) }
}
