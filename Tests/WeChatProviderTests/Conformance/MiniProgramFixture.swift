import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing
import WeChatProvider

@Suite("The provider for mini programs, like any other,")
struct MiniProgramConformanceTests {
    @Test("conforms", arguments: ProviderConformance(MiniProgramFixture(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// A mini program whose users send their phone number and their profile along.
struct MiniProgramFixture: ProviderFixture {
    typealias Provider = WeChatMiniProgramProvider

    static let appId = "wx4f4bc4dec97d474b"
    private static let secret = "canary-Qw7nLx2VbTzR9cKe"
    private static let token = "canary-Yt5mJd8WqGhP3vNs"
    private static let sessionKey = "tiihtNczf5v6AKRyjwEUhQ=="

    let secrets = ["WECHAT_SECRET": secret]
    let requestsPerLogin = 2
    let sharedRequests = 1
    let sharedSecrets = [token, sessionKey]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "WeChat tells of a user who is not let in by an error code, which is among the refusals.",
        .unknownKeys: "Its answers are not signed.",
    ]

    var appToken: AppTokenExample? {
        AppTokenExample(
            Self.token,
            refusals: [40001, 40014, 42001].map {
                refusal("its access token, as \($0)", $0, .misconfigured, to: 2)
            })
    }

    func settings(upstream baseURL: String) -> String {
        """
        appId: \(Self.appId)
        secret: { env: WECHAT_SECRET }
        apiURL: \(baseURL)
        openPlatform: platform-of-the-kit
        watermarkAge: 5m
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        let rawData = JSONObject([
            ("nickName", .string(person.name)), ("avatarUrl", .string(person.picture)), ("gender", 0),
            ("language", "zh_CN"),
        ]).json
        let signature = Insecure.SHA1.hash(data: Array((rawData + Self.sessionKey).utf8))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return .authorizationCode(
            "login-\(person.tag)",
            parts: [
                "phone_code": Secret("phone-\(person.tag)"), "raw_data": Secret(rawData),
                "signature": Secret(signature),
            ])
    }

    var malformedCredentials: [Credential] {
        [
            .authorizationCode("code", parts: ["iv": Secret("r7BXXKkLb8qrSNn05n0qiA==")]),
            .authorizationCode("code", parts: ["raw_data": Secret("{}")]),
            .authorizationCode("code", parts: ["session_key": Secret(Self.sessionKey)]),
        ]
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        switch request.target.prefix(while: { $0 != "?" }) {
        case "/sns/jscode2session": session(of: person, for: FormText.query(of: request.target), as: variant)
        case "/wxa/business/getuserphonenumber": phone(of: person, for: request, as: variant)
        default: nil
        }
    }

    private func session(of person: Person, for query: [String: String], as variant: Variant) -> ServerResponse? {
        let expected = [
            "appid": Self.appId, "secret": Self.secret, "js_code": "login-\(person.tag)",
            "grant_type": "authorization_code",
        ]
        guard query == expected else { return nil }
        var openid: String? = #""open-\#(person.number)""#
        switch variant {
        case .correct, .anotherAudience: break
        case .identifier(.contradicting): return nil
        case .identifier(let fault): openid = fault.json
        default: return nil
        }
        let member = openid.map { #","openid":\#($0)"# } ?? ""
        return .plain(
            #"{"session_key":"\#(Self.sessionKey)","unionid":"union-\#(person.number)"\#(member)}"#)
    }

    private func phone(of person: Person, for request: ReceivedRequest, as variant: Variant) -> ServerResponse? {
        let body = (try? JSONReader().read(request.body))?.object
        guard FormText.query(of: request.target) == ["access_token": Self.token],
            body?["code"] == .string("phone-\(person.tag)"), body?["openid"]?.string?.hasPrefix("open-") == true
        else { return nil }
        let number = person.phoneNumber.hasPrefix("+86") ? String(person.phoneNumber.dropFirst(3)) : person.phoneNumber
        let appId = variant == .anotherAudience ? "wx0000000000000000" : Self.appId
        return .plain(
            """
            {"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"\(number)","purePhoneNumber":"\(number)",\
            "countryCode":86,"watermark":{"timestamp":1767323045,"appid":"\(appId)"}}}
            """)
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        let expected: JSONObject = [
            "grant_type": "client_credential", "appid": .string(Self.appId), "secret": .string(Self.secret),
        ]
        guard request.target == "/cgi-bin/stable_token", (try? JSONReader().read(request.body))?.object == expected
        else {
            return nil
        }
        return .plain(#"{"access_token":"\#(Self.token)","expires_in":7200}"#)
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.nickname, claims.picture) = (person.name, person.name, person.picture)
        claims.locale = "zh-CN"
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { .verified(Verified($0)) }
        return ExpectedIdentity(
            subject: "open-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(
                    type: "wechat_unionid", scope: "platform-of-the-kit", value: "union-\(person.number)"),
                AlternateIdentifier(type: "wechat_openid", scope: Self.appId, value: "open-\(person.number)"),
            ],
            attributes: [:], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            refusal("a code that it does not know", 40029, .invalidCredential),
            refusal("a code that was used", 40163, .credentialAlreadyUsed),
            refusal("a user who is a risk", 40226, .accessDenied),
            refusal("a wrong secret", 40125, .misconfigured),
            refusal("an address that is not in its list", 40164, .misconfigured),
            refusal("too many requests", 45011, .rateLimited),
            refusal("a system that is busy", -1, .upstreamUnavailable),
            refusal("a code that nobody has listed", 1_234_567, .invalidCredential),
            refusal("a code that it does not know, in place of the phone's", 40029, .invalidCredential, to: 2),
            refusal("a phone code of another user", 40003, .invalidCredential, to: 2),
            refusal("an interface that the app may not use", 48001, .misconfigured, to: 2),
            UpstreamRefusal("a code that is none", means: .upstreamMisbehaved) { .plain(#"{"errcode":"\#($0)"}"#) },
        ]
    }

    private func refusal(
        _ name: String,
        _ code: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        .weChat(name, code, kind, to: request)
    }
}

extension UpstreamRefusal {
    /// A refusal by one of WeChat's codes, with its words in errmsg.
    static func weChat(
        _ name: String,
        _ code: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: "\(code)", to: request) {
            .plain(#"{"errcode":\#(code),"errmsg":"\#($0)"}"#)
        }
    }
}

extension ServerResponse {
    /// JSON that WeChat calls plain text.
    static func plain(_ text: String) -> ServerResponse {
        ServerResponse(headers: [HeaderField("Content-Type", "text/plain")], body: Array(text.utf8))
    }
}
