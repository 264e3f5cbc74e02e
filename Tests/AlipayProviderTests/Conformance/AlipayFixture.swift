import AlipayProvider
import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON

/// An app at Alipay, whose users have an open_id.
struct AlipayFixture: ProviderFixture {
    typealias Provider = AlipayProvider

    let requestsPerLogin = 2
    let optionalRequests: Set<Int> = [2]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "Alipay tells of a user who is not let in by an error code, which is among the refusals.",
        .addressees: "An answer names neither app nor login: it comes from Alipay itself, signed for the code alone.",
    ]

    /// By what the app knows that an answer is Alipay's: one of two alternatives.
    enum Mode {
        case publicKey
        case certificates
    }

    let secrets: [String: String]
    let files: [String: String]
    let settingsWithAlternatives: Set<String>
    private let gatewaySettings: String
    /// The numbers in each request; none without certificates.
    private let numbers: [String: String]
    /// What follows the signed part of an answer.
    private let answerMembers: String

    init(_ mode: Mode) {
        switch mode {
        case .publicKey:
            secrets = ["ALIPAY_KEY": TestKey.app, "ALIPAY_PUBLIC_KEY": TestKey.alipayPublic]
            files = [:]
            settingsWithAlternatives = ["alipayPublicKey"]
            gatewaySettings = "alipayPublicKey: { env: ALIPAY_PUBLIC_KEY }"
            numbers = [:]
            answerMembers = ""
        case .certificates:
            secrets = ["ALIPAY_KEY": TestKey.app]
            // Without files, an instance is refused, and each rule fails.
            files = (try? TestCertificates.files(in: "/alipay/")) ?? [:]
            settingsWithAlternatives = ["appCertificate", "alipayCertificate", "rootCertificate"]
            gatewaySettings = """
                appCertificate: /alipay/app.crt
                alipayCertificate: /alipay/alipay.crt
                rootCertificate: /alipay/root.crt
                """
            numbers = [
                "app_cert_sn": TestCertificates.app, "alipay_root_cert_sn": TestCertificates.root,
            ]
            answerMembers = #","alipay_cert_sn":"\#(TestCertificates.alipay)""#
        }
    }

    func settings(upstream baseURL: String) -> String {
        """
        appId: "\(Scenario.appId)"
        privateKey: { env: ALIPAY_KEY }
        \(gatewaySettings)
        subject: open_id
        apiURL: \(baseURL)
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let state = FormText.query(of: start.url)["state"] ?? ""
        return .callback("auth_code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        var openId: String? = #""open-\#(person.number)""#
        let form = FormText.decode(request.bodyText)
        switch variant {
        case .correct: break
        case .identifier(.contradicting):
            if form["method"] == "alipay.user.info.share" { openId = #""somebody-else""# }
        case .identifier(let fault): openId = fault.json
        default: return nil
        }
        let ids = (openId.map { #""open_id":\#($0),"# } ?? "") + #""union_id":"union-\#(person.number)""#
        guard request.target == "/gateway.do", form["app_id"] == Scenario.appId, form["sign"] != nil else { return nil }
        guard form.filter({ $0.key.hasSuffix("_cert_sn") }) == numbers else { return nil }
        switch form["method"] {
        case "alipay.system.oauth.token":
            guard form["grant_type"] == "authorization_code", form["code"] == "code-\(person.tag)" else { return nil }
            return .signed(
                """
                {"access_token":"access-\(person.tag)","expires_in":1296000,"refresh_token":"refresh-\(person.tag)",\(ids)}
                """, as: "alipay_system_oauth_token_response", more: answerMembers)
        case "alipay.user.info.share":
            guard form["auth_token"] == "access-\(person.tag)", let name = Self.json(person.name),
                let picture = Self.json(person.picture)
            else { return nil }
            return .signed(
                #"{"code":"10000","msg":"Success","nick_name":\#(name),"avatar":\#(picture),"gender":"F",\#(ids)}"#,
                as: "alipay_user_info_share_response", more: answerMembers)
        default: return nil
        }
    }

    private static func json(_ text: String) -> String? {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.nickname, claims.picture, claims.gender) = (
            person.name, person.name, person.picture, "female"
        )
        return ExpectedIdentity(
            subject: "open-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(type: "alipay_open_id", scope: Scenario.appId, value: "open-\(person.number)"),
                AlternateIdentifier(type: "alipay_union_id", scope: Scenario.appId, value: "union-\(person.number)"),
            ],
            attributes: [:], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            .alipay("a code that it does not know", "40002", "isv.code-invalid", .invalidCredential),
            .alipay("a code of another app", "40004", "AUTH_CODE_NOT_EXIST", .invalidCredential),
            .alipay("a wrong signature", "40002", "isv.invalid-signature", .misconfigured),
            .alipay("an app that it does not know", "40002", "isv.invalid-app-id", .misconfigured),
            .alipay("an app without the permission", "40006", "isv.insufficient-isv-permissions", .misconfigured),
            .alipay("too many calls", "40005", "isv.app-call-limited", .rateLimited),
            .alipay("a system that is busy", "20000", "isp.unknow-error", .upstreamUnavailable),
            UpstreamRefusal("an answer that somebody else signed", means: .upstreamMisbehaved) {
                .signed(
                    #"{"open_id":"\#($0)","access_token":"\#($0)"}"#, as: "alipay_system_oauth_token_response",
                    by: TestKey.other)
            },
            UpstreamRefusal("a profile that somebody else signed", means: .upstreamMisbehaved, to: 2) {
                .signed(#"{"nick_name":"\#($0)"}"#, as: "alipay_user_info_share_response", by: TestKey.other)
            },
            UpstreamRefusal("a refusal that no one signed", means: .upstreamMisbehaved, code: "40002") {
                ServerResponse(body: Array(#"{"error_response":{"code":"40002","sub_msg":"\#($0)"}}"#.utf8))
            },
        ]
    }
}

extension UpstreamRefusal {
    fileprivate static func alipay(
        _ name: String,
        _ code: String,
        _ subCode: String,
        _ kind: BrokerError.Kind
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: subCode) { message in
            .signed(
                #"{"code":"\#(code)","msg":"\#(message)","sub_code":"\#(subCode)","sub_msg":"\#(message)"}"#,
                as: "error_response")
        }
    }
}

extension ServerResponse {
    /// An answer that is signed, of the type of content that Alipay calls its answers.
    fileprivate static func signed(
        _ node: String,
        as name: String,
        more: String = "",
        by key: String = TestKey.alipay
    ) -> ServerResponse {
        // A body without a signature fails every rule.
        let body = (try? Scenario.signed(node, as: name, more: more, by: key)) ?? ""
        return ServerResponse(
            headers: [HeaderField("Content-Type", "text/html;charset=utf-8")], body: Array(body.utf8))
    }
}
