import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing
import WeComProvider

@Suite("The provider for pages, like any other,")
struct PageConformanceTests {
    @Test("conforms", arguments: ProviderConformance(PageFixture(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// A page inside WeCom, whose members agree to show their details. The directory is not read: the kit knows a login's
/// requests by what was issued for it, and in those to the directory there is only the userid.
struct PageFixture: ProviderFixture {
    typealias Provider = WeComProvider

    let secrets = ["WECOM_SECRET": WeComFixture.secret]
    let requestsPerLogin = 2
    let optionalRequests: Set<Int> = [2]
    let sharedRequests = 1
    let sharedSecrets = [WeComFixture.token]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: """
        The directory tells of it, which is asked for by the userid alone: the kit could not tell two logins' requests apart. \
        ProfileTests has every status.
        """,
        .addressees: "An answer names neither company nor login: it comes from WeCom itself, for the code alone.",
        .unknownKeys: "Its answers are not signed.",
    ]

    var appToken: AppTokenExample? { WeComFixture.appToken(requests: 2) }

    func settings(upstream baseURL: String) -> String {
        """
        \(WeComFixture.settings(upstream: baseURL))
        page: in_app
        scope: snsapi_privateinfo
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let state = FormText.query(of: String(start.url.prefix { $0 != "#" }))["state"] ?? ""
        return .callback("code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        let isOfDetails = request.target.hasPrefix("/cgi-bin/auth/getuserdetail?")
        guard let userid = WeComFixture.userid(of: person, as: variant, isContradicting: isOfDetails) else {
            return nil
        }
        let query = FormText.query(of: request.target)
        guard isOfDetails else {
            guard request.target.hasPrefix("/cgi-bin/auth/getuserinfo?"),
                query == ["access_token": WeComFixture.token, "code": "code-\(person.tag)"]
            else { return nil }
            return .wecom(#""user_ticket":"ticket-\#(person.tag)"\#(userid)"#)
        }
        guard query == ["access_token": WeComFixture.token],
            let body = try? JSONReader().read(request.body).object,
            body == ["user_ticket": .string("ticket-\(person.tag)")]
        else { return nil }
        let details = JSONObject([
            ("avatar", .string(person.picture)), ("email", .string(person.email)),
            ("mobile", .string(person.phoneNumber)), ("gender", "2"),
        ])
        return .wecom(#"\#(details.json.dropFirst().dropLast())\#(userid)"#)
    }

    func response(to request: ReceivedRequest) -> ServerResponse? { WeComFixture.token(for: request) }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.picture, claims.gender) = (person.picture, "female")
        claims.email = EmailAddress(person.email).map { .asserted(Asserted($0), isKnownUnverified: false) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { .asserted(Asserted($0), isKnownUnverified: false) }
        return WeComFixture.expectation(of: person, claims)
    }

    var refusals: [UpstreamRefusal] {
        WeComFixture.refusals + [
            UpstreamRefusal("a non-member", means: .accessDenied) { .wecom(#""openid":"\#($0)""#) },
            UpstreamRefusal("a member of a linked company", means: .accessDenied) { .wecom(#""userid":"ww/\#($0)""#) },
        ]
    }
}
