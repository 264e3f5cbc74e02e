import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import IdentityBroker
import Logging

@testable import WeChatProvider

/// Logins through the real pipeline, at a WeChat that answers as told.
struct Scenario: LoginScenario {
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

    static let id: ProviderID = "wechat"
    static let callback = "code=\(code)&state=STATE"

    var script = UpstreamScript(
        appTokens: .init([appToken], refusal: response(#"{"errcode":40001,"errmsg":"invalid credential"}"#)))
    var account = WeChatAccountSettings(appId: appId, secret: .literal(Secret(secret)))
    var now: Date = Scenario.now
    var limits = ProviderLimits()
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// What WeChat answers, by the last word of the path.
    func answer(to word: String, _ number: Int) -> UpstreamResponse {
        switch word {
        case "jscode2session": Self.response(Self.session)
        case "access_token": Self.response(Self.token)
        case "userinfo": Self.response(Self.profile)
        case "getuserphonenumber": Self.response(Self.phone())
        case "stable_token":
            Self.response(#"{"access_token":"\#(script.appTokens.token(number))","expires_in":7200}"#)
        default: Self.response("", status: 404)
        }
    }

    /// WeChat calls its JSON plain text.
    static func response(_ body: [UInt8], status: Int) -> UpstreamResponse {
        UpstreamResponse(status: .init(code: status), headerFields: [.contentType: "text/plain"], body: body)
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

    /// A login by redirect, or with a native code.
    func openPlatform(scope: WeChatScope = .userInfo) async throws -> Identity {
        try await desk(WeChatOfficialAccountProvider.self, .init(account: account, scope: scope)).redirect()
    }
}

extension UpstreamRequest {
    var query: [String: String] { FormText.query(of: head.path ?? "") }
}
