import BrokerTesting
import DingTalkProvider
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@Suite("The provider of DingTalk, like any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(DingTalkFixture(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// An app at DingTalk that may see everything of its users.
struct DingTalkFixture: ProviderFixture {
    typealias Provider = DingTalkProvider

    private static var secret: String { "canary-Rb4kXv6JmZpT8wQa" }

    let secrets = ["DINGTALK_SECRET": secret]
    let requestsPerLogin = 2
    let omissions: [ProviderConformance.Family: String] = [
        .standing:
            "DingTalk tells of a user who is not let in by calling the user a visitor, which is among the refusals.",
        .addressees: "An answer names neither app nor login: it comes from DingTalk itself, for the code alone.",
    ]

    func settings(upstream baseURL: String) -> String {
        """
        clientId: \(Scenario.clientId)
        clientSecret: { env: DINGTALK_SECRET }
        subject: unionId
        apiURL: \(baseURL)
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let state = FormText.query(of: start.url)["state"] ?? ""
        return .callback("authCode=code-\(person.tag)&code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        var unionId: String? = #""union-\#(person.number)""#
        switch variant {
        case .correct: break
        // One answer alone says who the user is, in one place.
        case .identifier(.contradicting): return nil
        case .identifier(let fault): unionId = fault.json
        default: return nil
        }
        switch (request.method, request.target) {
        case ("POST", "/v1.0/oauth2/userAccessToken"):
            let body: JSONObject = [
                "clientId": .string(Scenario.clientId), "clientSecret": .string(Self.secret),
                "code": .string("code-\(person.tag)"), "grantType": "authorization_code",
            ]
            guard (try? JSONReader().read(request.body))?.object == body else { return nil }
            return .json(
                #"{"accessToken":"access-\#(person.tag)","refreshToken":"refresh-\#(person.tag)","expireIn":7200}"#)
        case ("GET", "/v1.0/contact/users/me"):
            let token = request.values(of: "x-acs-dingtalk-access-token")
            guard token == ["access-\(person.tag)"], let name = Self.json(person.name),
                let picture = Self.json(person.picture), let email = Self.json(person.email),
                let mobile = Self.json(person.phoneNumber)
            else { return nil }
            let id = unionId.map { #""unionId":\#($0),"# } ?? ""
            return .json(
                """
                {\(id)"openId":"open-\(person.number)","nick":\(name),"avatarUrl":\(picture),"email":\(email),\
                "mobile":\(mobile),"visitor":false}
                """)
        default: return nil
        }
    }

    private static func json(_ text: String) -> String? {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.nickname, claims.picture) = (person.name, person.name, person.picture)
        claims.email = EmailAddress(person.email).map { Contact($0, verified: nil) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { Contact($0, verified: nil) }
        return ExpectedIdentity(
            subject: "union-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(
                    type: "dingtalk_union_id", scope: Scenario.clientId, value: "union-\(person.number)"),
                AlternateIdentifier(
                    type: "dingtalk_open_id", scope: Scenario.clientId, value: "open-\(person.number)"),
            ],
            attributes: [:], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            .dingTalk("a code that it does not know", 400, "invalidParameter.authCode.notFound", .invalidCredential),
            .dingTalk("a wrong secret", 400, "InvalidAuthentication", .misconfigured),
            .dingTalk(
                "an app without the permission", 403, "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                .misconfigured,
                to: 2),
            .dingTalk("too many requests", 429, "Throttling.Api", .rateLimited),
            .dingTalk(
                "too many requests of the app", 403, "Forbidden.AccessDenied.QpsLimitForApi", .rateLimited, to: 2),
            .dingTalk("an address that it does not know", 404, "InvalidAction.NotFound", .misconfigured),
            UpstreamRefusal("a visitor", means: .interactionRequired, to: 2) {
                .json(#"{"unionId":"\#($0)","openId":"\#($0)","nick":"\#($0)","visitor":true}"#)
            },
        ]
    }
}

extension UpstreamRefusal {
    fileprivate static func dingTalk(
        _ name: String,
        _ status: Int,
        _ code: String,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: code, to: request) { message in
            .json(#"{"code":"\#(code)","message":"\#(message)","requestid":"\#(message)"}"#, status: status)
        }
    }
}

extension ServerResponse {
    fileprivate static func json(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json;charset=utf-8")],
            body: Array(text.utf8))
    }
}
