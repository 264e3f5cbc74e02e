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

/// A mini program inside WeCom. The directory is not read, for the reason that ``PageFixture`` gives.
struct MiniProgramFixture: ProviderFixture {
    typealias Provider = WeComProvider

    private static let sessionKey = "canary-Hs2kPw9XbMzQ7vLd"

    let secrets = ["WECOM_SECRET": WeComFixture.secret]
    let sharedRequests = 1
    let sharedSecrets = [WeComFixture.token, sessionKey]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: """
        The directory tells of it, which is asked for by the userid alone: the kit could not tell two logins' requests apart. \
        ProfileTests has every status.
        """,
        .addressees: "A member of another company is denied access, which is among the refusals.",
        .unknownKeys: "Its answers are not signed.",
    ]

    var appToken: AppTokenExample? { WeComFixture.appToken() }

    func settings(upstream baseURL: String) -> String { WeComFixture.settings(upstream: baseURL) }

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
