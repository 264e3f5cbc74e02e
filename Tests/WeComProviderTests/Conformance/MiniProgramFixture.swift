import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing
import WeComProvider

@Suite("The provider for mini programs, like any other,")
struct MiniProgramConformanceTests {
    @Test("conforms", arguments: ProviderConformance(MiniProgramFixture(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// The provider without redirects, which an instance of a mini program refuses to begin.
struct MiniProgramProvider: IdentityProvider {
    static let manifest = WeComProvider.manifest.acceptingNativeCodes()

    private let base: WeComProvider

    init(settings: WeComProvider.Settings, context: ProviderContext) throws {
        base = try WeComProvider(settings: settings, context: context)
    }

    var issuer: Issuer { base.issuer }
    var endpoints: [ProviderEndpoint] { base.endpoints }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await base.authenticate(credential, in: exchange)
    }
}

/// A mini program inside WeCom. The directory is not read, for the reason that ``PageFixture`` gives.
struct MiniProgramFixture: ProviderFixture {
    typealias Provider = MiniProgramProvider

    private static let sessionKey = "canary-Hs2kPw9XbMzQ7vLd"

    let secrets = ["WECOM_SECRET": WeComFixture.secret]
    let sharedRequests = 1
    let sharedSecrets = [WeComFixture.token, sessionKey]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "A member who may not use the app is told by an error code, which is among the refusals.",
        .addressees: "A member of another company is denied access, which is among the refusals.",
        .unknownKeys: "Its answers are not signed.",
    ]

    var appToken: AppTokenExample? { WeComFixture.appToken() }

    func settings(upstream baseURL: String) -> String {
        """
        \(WeComFixture.settings(upstream: baseURL))
        page: mini_program
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        .authorizationCode("code-\(person.tag)")
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        let expected = [
            "access_token": WeComFixture.token, "js_code": "code-\(person.tag)", "grant_type": "authorization_code",
        ]
        guard request.target.hasPrefix("/cgi-bin/miniprogram/jscode2session?"),
            FormText.query(of: request.target) == expected, variant != .identifier(.contradicting),
            let userid = WeComFixture.userid(of: person, as: variant, isContradicting: false)
        else { return nil }
        return .wecom(#""corpid":"\#(WeComFixture.corpId)","session_key":"\#(Self.sessionKey)"\#(userid)"#)
    }

    func response(to request: ReceivedRequest) -> ServerResponse? { WeComFixture.token(for: request) }

    func expectation(of person: Person) -> ExpectedIdentity { WeComFixture.expectation(of: person, Claims()) }

    var refusals: [UpstreamRefusal] {
        WeComFixture.refusals + [
            UpstreamRefusal("a member of another company", means: .accessDenied) {
                .wecom(#""corpid":"ww00000000000000ff","userid":"somebody","session_key":"\#($0)""#)
            }
        ]
    }
}
