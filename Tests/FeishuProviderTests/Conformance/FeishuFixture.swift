import BrokerTesting
import FeishuProvider
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@Suite("The provider for pages, like any other,")
struct PageConformanceTests {
    @Test(
        "conforms",
        arguments: ProviderConformance(FeishuFixture(isOfMiniProgram: false), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

@Suite("The provider for mini programs, like any other,")
struct MiniProgramConformanceTests {
    @Test(
        "conforms",
        arguments: ProviderConformance(FeishuFixture(isOfMiniProgram: true), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// An app with a page, or with a mini program that calls `tt.login`.
struct FeishuFixture: ProviderFixture {
    typealias Provider = FeishuProvider

    private static let appId = "cli_a5ca35a685b0x26e"
    private static let secret = "canary-Rb4kXv6JmZpT8wQa"
    private static let token = "canary-Yt5mJd8WqGhP3vNs"
    private static let sessionKey = "canary-Hs2kPw9XbMzQ7vLd"
    private static let issuer = "https://issuer-of-the-kit.example"
    private static let redirectURI = "https://app.example/signed-in"

    let isOfMiniProgram: Bool

    let secrets = ["FEISHU_SECRET": secret]
    let requestsPerLogin = 2
    var sharedRequests: Int { isOfMiniProgram ? 1 : 0 }
    var sharedSecrets: [String] { isOfMiniProgram ? [Self.token] : [] }
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "A user who may not use the app is told by an error code, which is among the refusals.",
        .addressees: "Another tenant's user is denied access, which is among the refusals.",
        .unknownKeys: "Its answers are not signed.",
    ]

    var appToken: AppTokenExample? {
        guard isOfMiniProgram else { return nil }
        return AppTokenExample(
            Self.token,
            refusals: [99_991_663, 99_991_664, 99_991_668, 99_991_671, 99_991_677].map {
                Self.refusal("its access token, as \($0)", $0, .misconfigured)
            })
    }

    func settings(upstream baseURL: String) -> String {
        """
        appId: \(Self.appId)
        secret: { env: FEISHU_SECRET }
        tenants: [tenant-of-the-kit]
        apiURL: \(baseURL)
        issuer: \(Self.issuer)
        appCode: \(isOfMiniProgram ? "login" : "request_access")
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        guard !isOfMiniProgram else { return .authorizationCode("code-\(person.tag)") }
        let start = try await broker.beginRedirect(id, returningTo: Self.redirectURI)
        let state = FormText.query(of: start.url)["state"] ?? ""
        return .callback("code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        var unionID: String? = #""union-\#(person.number)""#
        var openID = "open-\(person.number)"
        let isOfUser = request.target == "/open-apis/authen/v1/user_info"
        switch variant {
        case .correct: break
        case .identifier(.contradicting):
            guard isOfMiniProgram else { return nil }
            if isOfUser { openID = "somebody-else" }
        case .identifier(let fault): unionID = fault.json
        default: return nil
        }
        let body = (try? JSONReader().read(request.body))?.object
        switch request.target {
        case "/open-apis/authen/v2/oauth/token" where isRight(body, of: person):
            return .feishu(
                #""access_token":"access-\#(person.tag)","refresh_token":"refresh-\#(person.tag)","expires_in":7200"#)
        case "/open-apis/mina/v2/tokenLoginValidate" where isOfMiniProgram:
            guard body == ["code": .string("code-\(person.tag)")],
                request.values(of: "Authorization") == ["Bearer \(Self.token)"]
            else { return nil }
            return .feishu(
                """
                "data":{"open_id":"\(openID)","tenant_key":"tenant-of-the-kit","session_key":"\(Self.sessionKey)",\
                "access_token":"access-\(person.tag)","refresh_token":"refresh-\(person.tag)"}
                """)
        case _ where isOfUser && request.values(of: "Authorization") == ["Bearer access-\(person.tag)"]:
            let profile = JSONObject([
                ("name", .string(person.name)), ("avatar_url", .string(person.picture)),
                ("email", .string(person.email)), ("mobile", .string(person.phoneNumber)),
                ("open_id", .string(openID)), ("tenant_key", "tenant-of-the-kit"),
            ])
            let member = unionID.map { #","union_id":\#($0)"# } ?? ""
            return .feishu(#""data":\#(profile.json.dropLast())\#(member)}"#)
        default: return nil
        }
    }

    /// Whether it is the right request to the token endpoint.
    private func isRight(_ body: JSONObject?, of person: Person) -> Bool {
        guard let body, body["code_verifier"]?.string?.utf8.count == 43 else { return false }
        var rest = body
        rest["code_verifier"] = nil
        return rest == [
            "grant_type": "authorization_code", "client_id": .string(Self.appId),
            "client_secret": .string(Self.secret), "code": .string("code-\(person.tag)"),
            "redirect_uri": .string(Self.redirectURI),
        ]
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        let expected: JSONObject = ["app_id": .string(Self.appId), "app_secret": .string(Self.secret)]
        guard request.target == "/open-apis/auth/v3/app_access_token/internal",
            (try? JSONReader().read(request.body))?.object == expected
        else { return nil }
        return .feishu(#""app_access_token":"\#(Self.token)","expire":7140"#)
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.picture) = (person.name, person.picture)
        claims.email = EmailAddress(person.email).map { .asserted(Asserted($0), isKnownUnverified: false) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { .asserted(Asserted($0), isKnownUnverified: false) }
        return ExpectedIdentity(
            subject: "union-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(type: "feishu_union_id", scope: Self.issuer, value: "union-\(person.number)"),
                AlternateIdentifier(type: "feishu_open_id", scope: Self.appId, value: "open-\(person.number)"),
            ],
            attributes: ["tenant_key": "tenant-of-the-kit"], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            Self.refusal("a code that it does not know", 20003, .invalidCredential),
            Self.refusal("a code that has expired", 20004, .credentialExpired),
            Self.refusal("a code that was used", 20065, .credentialAlreadyUsed),
            Self.refusal("a wrong secret", 20002, .misconfigured),
            Self.refusal("a user who may not use the app", 20010, .accessDenied),
            Self.refusal("too many requests", 99_991_400, .rateLimited),
            Self.refusal("a failure of its own", 20050, .upstreamUnavailable),
            Self.refusal("a code that nobody has listed", 1_234_567, .invalidCredential),
            Self.refusal("a token that it has just issued", 20005, .upstreamMisbehaved, to: 2),
            Self.refusal("a user whom it does not know", 20008, .accessDenied, to: 2),
            // A mini program's session names the tenant as well, and so contradicts it.
            UpstreamRefusal(
                "a user of another tenant", means: isOfMiniProgram ? .upstreamMisbehaved : .accessDenied, to: 2
            ) {
                .feishu(#""data":{"union_id":"somebody","tenant_key":"other","name":"\#($0)"}"#)
            },
            UpstreamRefusal("a malformed code", means: .upstreamMisbehaved) {
                .feishu(#""x":"\#($0)""#, code: #""x""#)
            },
        ]
    }

    private static func refusal(
        _ name: String,
        _ code: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: "\(code)", to: request) {
            .feishu(#""error":"x","error_description":"\#($0)","msg":"\#($0)""#, code: "\(code)", status: 400)
        }
    }
}

extension ServerResponse {
    /// An answer with these members.
    fileprivate static func feishu(_ members: String, code: String = "0", status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json; charset=utf-8")],
            body: Array(#"{"code":\#(code),\#(members)}"#.utf8))
    }
}
