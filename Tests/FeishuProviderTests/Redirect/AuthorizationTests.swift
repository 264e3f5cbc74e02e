import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@testable import FeishuProvider

@Suite("Feishu's page, and the code that comes from it")
struct AuthorizationTests {
    private func start(
        _ change: (inout FeishuProvider.Settings) -> Void = { _ in }
    ) async throws -> (desk: LoginDesk, url: String, flow: RedirectFlow) {
        var scenario = Scenario()
        change(&scenario.settings)
        let desk = try scenario.desk()
        let start = try await desk.broker.beginRedirect("feishu", returningTo: "https://app.example/callback?a=b")
        return (desk, start.url, start.flow)
    }

    @Test("has the documented parameters, with a challenge")
    func page() async throws {
        let (_, url, flow) = try await start { $0.scopes = ["contact:user.email:readonly", "offline_access"] }
        #expect(
            url == """
                https://accounts.feishu.cn/open-apis/authen/v1/authorize?client_id=\(Scenario.appId)&response_type=code\
                &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fa%3Db&state=\(flow.state.reveal())\
                &scope=contact%3Auser.email%3Areadonly%20offline_access&code_challenge=\(flow.codeChallenge)\
                &code_challenge_method=S256
                """)
        let (_, lark, _) = try await start { $0.authorizeURL = "https://accounts.larksuite.com" }
        #expect(lark.hasPrefix("https://accounts.larksuite.com/open-apis/authen/v1/authorize?"))
        #expect(!lark.contains("scope="))
    }

    @Test("redeems the code with the redirect URI unchanged and the verifier")
    func redemption() async throws {
        let (desk, _, flow) = try await start()
        _ = try await desk.broker.login(
            "feishu", with: .callback("code=\(Scenario.code)&state=\(flow.state.reveal())", of: flow))
        let request = try #require(desk.transport.requests.first)
        #expect(request.head.method == .post)
        #expect(request.head.path == "/open-apis/authen/v2/oauth/token")
        #expect(request.head.authority == "open.feishu.cn")
        #expect(
            request.json == [
                "grant_type": "authorization_code", "client_id": .string(Scenario.appId),
                "client_secret": .string(Scenario.secret), "code": .string(Scenario.code),
                "redirect_uri": "https://app.example/callback?a=b",
                "code_verifier": .string(flow.codeVerifier.reveal()),
            ])
        #expect(desk.transport.words == ["token", "user_info"])
        let profile = try #require(desk.transport.requests.last)
        #expect(profile.head.path == "/open-apis/authen/v1/user_info")
        #expect(profile.head.headerFields[.authorization] == "Bearer \(Scenario.userToken)")
    }

    @Test("goes without PKCE where it is off, and to the third version where that is the path")
    func thirdVersion() async throws {
        let (desk, url, flow) = try await start {
            ($0.usesPKCE, $0.tokenPath) = (false, "/oauth/v3/token")
        }
        #expect(!url.contains("code_challenge"))
        _ = try await desk.broker.login(
            "feishu", with: .callback("code=\(Scenario.code)&state=\(flow.state.reveal())", of: flow))
        let request = try #require(desk.transport.requests.first)
        #expect(request.head.authority == "accounts.feishu.cn" && request.head.path == "/oauth/v3/token")
        #expect(request.json?["code_verifier"] == nil)
        #expect(request.json?["redirect_uri"] != nil)
        #expect(try await desk.app("canary-another-code").subject == Scenario.unionID)
    }

    @Test("is the only code taken where the settings say so", arguments: [true, false])
    func withoutNativeCodes(usesPKCE: Bool) async throws {
        let desk = try Scenario { ($0.settings.usesPKCE, $0.settings.nativeCodes) = (usesPKCE, false) }.desk()
        let error = await Scenario.failure { _ = try await desk.app() }
        #expect(error?.kind == .invalidCredential)
        #expect(error?.credential == .unused)
        #expect(desk.transport.requests.isEmpty)
        #expect(try await desk.redirect().subject == Scenario.unionID)
    }

    @Test("is Lark's where the settings lead there, at every address")
    func lark() async throws {
        let desk = try Scenario {
            ($0.settings.apiURL, $0.settings.authorizeURL) = (
                "https://open.larksuite.com", "https://accounts.larksuite.com"
            )
        }.withLoginCodes.desk()
        let identity = try await desk.redirect()
        _ = try await desk.app("canary-another-code")
        #expect(identity.issuer.rawValue == "https://open.larksuite.com")
        #expect(Set(desk.transport.words) == ["token", "user_info", "internal", "tokenLoginValidate"])
        #expect(desk.transport.requests.allSatisfy { $0.head.authority == "open.larksuite.com" })
    }

    @Test(
        "sends a user who declines back with an error",
        arguments: [
            ("error=access_denied&state=STATE", .cancelledByUser), ("state=STATE", .invalidCredential),
            ("error=access_denied&state=wrong", .invalidCredential), ("", .invalidCredential),
        ] as [(String, BrokerError.Kind)])
    func refusals(_ callback: String, _ kind: BrokerError.Kind) async throws {
        let desk = try Scenario().desk()
        let error = await Scenario.failure { _ = try await desk.redirect(callback) }
        #expect(error?.kind == kind)
        #expect(desk.transport.requests.isEmpty)
    }

    @Test("is not needed by an app with a code of its own, which is redeemed without a redirect URI")
    func appCode() async throws {
        let desk = try Scenario().desk()
        #expect(try await desk.app().subject == Scenario.unionID)
        #expect(
            desk.transport.requests.first?.json == [
                "grant_type": "authorization_code", "client_id": .string(Scenario.appId),
                "client_secret": .string(Scenario.secret), "code": .string(Scenario.code),
            ])
    }
}
