import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import FeishuProvider

@Suite("A user")
struct PersonTests {
    private static let ids = [
        "open_id": Scenario.openID, "union_id": Scenario.unionID, "user_id": Scenario.userID,
        "tenant_key": Scenario.tenantKey,
    ]

    /// A scenario whose answer has these ids; an empty one is left out.
    private func scenario(_ subject: FeishuSubject = .unionID, _ change: [String: String] = [:]) -> Scenario {
        let ids = Self.ids.merging(change) { _, new in new }.filter { !$0.value.isEmpty }
        let members = ids.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
        var scenario = Scenario().answering("user_info", Scenario.userInfo(members))
        scenario.settings.subject = subject
        if subject == .userID { scenario.settings.tenants = [Scenario.tenantKey] }
        return scenario
    }

    @Test("is known by the configured id, and has the others beside it", arguments: FeishuSubject.allCases)
    func subjects(subject: FeishuSubject) async throws {
        let identity = try await scenario(subject).desk().redirect()
        #expect(identity.subject == Self.ids[subject.rawValue])
        #expect(
            identity.alternateIdentifiers == [
                AlternateIdentifier(type: "feishu_union_id", scope: "https://open.feishu.cn", value: Scenario.unionID),
                AlternateIdentifier(type: "feishu_open_id", scope: Scenario.appId, value: Scenario.openID),
                AlternateIdentifier(type: "feishu_user_id", scope: Scenario.tenantKey, value: Scenario.userID),
            ])
        #expect(identity.attributes == ["tenant_key": .string(Scenario.tenantKey)])
    }

    @Test("has a union_id in the scope of its installation, which stays when the address changes")
    func scopes() async throws {
        func scope(_ change: (inout Scenario) -> Void) async throws -> String? {
            try await Scenario(change).desk().redirect().alternateIdentifiers
                .first { $0.type == "feishu_union_id" }?.scope
        }
        let lark = "https://open.larksuite.com"
        #expect(try await scope { $0.settings.apiURL = lark } == lark)
        #expect(try await scope { ($0.settings.apiURL, $0.settings.subject) = (lark, .openID) } == lark)
        let old = "https://open.feishu.cn"
        #expect(try await scope { ($0.settings.apiURL, $0.settings.issuer) = ("https://gateway.example", old) } == old)
    }

    @Test(
        "without the configured id is refused, with no other id in its place",
        arguments: [
            (.unionID, .upstreamMisbehaved), (.openID, .upstreamMisbehaved), (.userID, .misconfigured),
        ] as [(FeishuSubject, BrokerError.Kind)])
    func missing(_ subject: FeishuSubject, _ kind: BrokerError.Kind) async {
        let error = await scenario(subject, [subject.rawValue: ""]).failure()
        #expect(error?.kind == kind)
        if kind == .misconfigured { #expect(error?.message.contains("contact:user.employee_id:readonly") == true) }
        // The others are not needed.
        for other in FeishuSubject.allCases where other != subject {
            #expect(await scenario(subject, [other.rawValue: ""]).failure() == nil)
        }
    }

    @Test("with a malformed id is refused", arguments: [" ", "张三", #"a b"#])
    func noID(text: String) async {
        #expect(await scenario(.unionID, ["union_id": text]).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("of a tenant that is not listed is denied access, and one of no tenant is Feishu's fault")
    func tenants() async {
        func kind(_ tenants: [String]?, _ tenant: String = Scenario.tenantKey) async -> BrokerError.Kind? {
            var scenario = scenario(.unionID, ["tenant_key": tenant])
            scenario.settings.tenants = tenants
            return await scenario.failure()?.kind
        }
        #expect(await kind(nil) == nil)
        #expect(await kind([Scenario.tenantKey, "other"]) == nil)
        #expect(await kind(["other"]) == .accessDenied)
        #expect(await kind([Scenario.tenantKey.uppercased()]) == .accessDenied)
        #expect(await kind([Scenario.tenantKey], "") == .upstreamMisbehaved)
        #expect(await kind(nil, "") == .upstreamMisbehaved)
    }

    @Test("of a mini program is the same in both answers")
    func session() async throws {
        let identity = try await Scenario().withLoginCodes.desk().app()
        #expect(identity.subject == Scenario.unionID)
        for (old, new) in [
            (Scenario.openID, "ou_another"), (Scenario.userID, "another"), (Scenario.tenantKey, "another"),
        ] {
            let body = Scenario.session.replacing(#""\#(old)""#, with: #""\#(new)""#)
            let error = await Scenario().withLoginCodes.answering("tokenLoginValidate", body).appFailure()
            #expect(error?.kind == .upstreamMisbehaved)
        }
        for body in [#"{"code":0}"#, #"{"code":0,"data":{}}"#, #"{"code":0,"data":{"open_id":7}}"#] {
            let error = await Scenario().withLoginCodes.answering("tokenLoginValidate", body).appFailure()
            #expect(error?.kind == .upstreamMisbehaved)
        }
    }

    @Test(
        "of a mini program whose session says who it is signs in without a profile",
        arguments: [FeishuSubject.openID, .userID],
        [#"{"code":99991668}"#, #"{"code":0}"#, "<html>", #"{"code":0,"data":[]}"#])
    func sessionAlone(subject: FeishuSubject, body: String) async throws {
        var scenario = Scenario().withLoginCodes.answering("user_info", body)
        (scenario.settings.subject, scenario.settings.tenants) = (subject, [Scenario.tenantKey])
        for status in [200, 503] {
            let identity = try await scenario.answering("user_info", body, status: status).desk().app()
            #expect(identity.subject == (subject == .openID ? Scenario.openID : Scenario.userID))
            #expect(identity.attributes == ["tenant_key": .string(Scenario.tenantKey)])
            #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
            #expect(identity.claims == Claims())
        }
        // The union_id is in the profile alone.
        scenario.settings.subject = .unionID
        #expect(await scenario.appFailure() != nil)
        // A page's code brings no id.
        #expect(await scenario.failure() != nil)
    }

    @Test("of a mini program is not let in where the profile names another, or says that the user is not")
    func sessionContradicted() async {
        var scenario = Scenario().withLoginCodes
        scenario.settings.subject = .openID
        let other = scenario.answering(
            "user_info", Scenario.userInfo(#""open_id":"ou_another","tenant_key":"\#(Scenario.tenantKey)""#))
        #expect(await other.appFailure()?.kind == .upstreamMisbehaved)
        #expect(await scenario.answering("user_info", #"{"code":20066}"#).appFailure()?.kind == .accessDenied)
    }

    @Test("of a mini program needs no token where the session says who it is")
    func sessionWithoutToken() async throws {
        let body = Scenario.session.replacing(#""access_token":"\#(Scenario.userToken)","#, with: "")
        var scenario = Scenario().withLoginCodes.answering("tokenLoginValidate", body)
        #expect(await scenario.appFailure()?.kind == .upstreamMisbehaved)
        scenario.settings.subject = .openID
        let desk = try scenario.desk()
        let identity = try await desk.app()
        #expect(identity.subject == Scenario.openID && identity.upstreamToken == nil)
        #expect(desk.transport.requests(to: "user_info").isEmpty)
    }

    @Test("has a user_id under the name that each answer gives it, and under no other")
    func namesOfUserID() async {
        let body = Scenario.userInfo(
            """
            "employee_id":"\(Scenario.userID)","union_id":"\(Scenario.unionID)","tenant_key":"\(Scenario.tenantKey)"
            """)
        var scenario = Scenario().answering("user_info", body)
        (scenario.settings.subject, scenario.settings.tenants) = (.userID, [Scenario.tenantKey])
        #expect(await scenario.failure()?.kind == .misconfigured)
    }

    @Test("has claims, none of them verified, and no address of the company's mail service")
    func claims() async throws {
        let identity = try await Scenario().desk().redirect()
        var claims = Claims()
        (claims.name, claims.picture) = ("张三", "https://s.feishucdn.example/a.png")
        claims.email = EmailAddress("zhangsan@people.example").map {
            .asserted(Asserted($0), isKnownUnverified: false)
        }
        claims.phoneNumber = PhoneNumber(Scenario.phone).map { .asserted(Asserted($0), isKnownUnverified: false) }
        #expect(identity.claims == claims)
        #expect(identity.notices.isEmpty)
        let body = Scenario.userInfo.replacing(#""email":"zhangsan@people.example","#, with: "")
            .replacing(#""name":"张三","#, with: "")
        let other = try await Scenario().answering("user_info", body).desk().redirect()
        #expect(other.claims.email == nil)
        #expect(other.claims.name == "Jack")
    }

    @Test("with a malformed address, number or picture loses it, and signs in")
    func refused() async throws {
        let body = Scenario.userInfo.replacing("zhangsan@people.example", with: "a@b.example,c@d.example")
            .replacing(Scenario.phone, with: "138****8000").replacing("https://s.feishucdn", with: "http://s.feishucdn")
        let identity = try await Scenario().answering("user_info", body).desk().redirect()
        #expect(Set(identity.notices.map(\.rawValue)) == ["email_refused", "phone_refused", "picture_refused"])
        let empty = Scenario.userInfo.replacing("https://s.feishucdn.example/a.png", with: "")
        #expect(try await Scenario().answering("user_info", empty).desk().redirect().notices.isEmpty)
    }

    @Test("with a name that cannot be read loses the name, and nothing beside it")
    func brokenNames() async throws {
        for name in [[0xFF], Array(#"\ud83d"#.utf8), [0xE5, 0xBC]] as [[UInt8]] {
            let identity = try await Scenario().answering("user_info", body("张三", name)).desk().redirect()
            #expect(identity.subject == Scenario.unionID)
            #expect(identity.claims.name == "Jack")
            #expect(identity.claims.email != nil)
            #expect(identity.notices.map(\.rawValue) == ["name_cleaned"])
        }
        let control = try await Scenario().answering("user_info", body("张三", [0x14, 0x41])).desk().redirect()
        #expect(control.claims.name == "A")
    }

    @Test(
        "with an id that cannot be read is refused", arguments: [Scenario.unionID, Scenario.userID, Scenario.tenantKey])
    func brokenIDs(text: String) async {
        for bytes in [[0xFF], Array(#"\ud83d"#.utf8)] as [[UInt8]] {
            #expect(await Scenario().answering("user_info", body(text, bytes)).failure()?.kind == .upstreamMisbehaved)
        }
    }

    @Test(
        "signs in whatever else cannot be read",
        arguments: ["zhangsan@corp.example", #"employee_no":"7"#, #"avatar_thumb":""#, "success"])
    func brokenRest(text: String) async throws {
        for bytes in [[0xFF], Array(#"\ud83d"#.utf8)] as [[UInt8]] {
            let kept = text.hasSuffix("7") ? String(text.dropLast()) : text.hasSuffix("\"") ? text : ""
            let identity = try await Scenario().answering("user_info", body(text, Array(kept.utf8) + bytes)).desk()
                .redirect()
            #expect(identity.subject == Scenario.unionID)
            #expect(identity.claims.name == "张三" && identity.claims.email != nil)
            #expect(identity.notices.isEmpty)
        }
    }

    @Test("with an address or number that cannot be read loses it")
    func brokenContacts() async throws {
        let mail = try await Scenario().answering("user_info", body("zhangsan@people", [0xFF])).desk().redirect()
        #expect(mail.claims.email == nil && mail.notices.map(\.rawValue) == ["email_refused"])
        let phone = try await Scenario().answering("user_info", body(Scenario.phone, [0x2B, 0x31, 0xFF])).desk()
            .redirect()
        #expect(phone.claims.phoneNumber == nil && phone.notices.map(\.rawValue) == ["phone_refused"])
    }

    /// The answer with these bytes in place of a text.
    private func body(_ text: String, _ bytes: [UInt8]) -> [UInt8] {
        let parts = Scenario.userInfo.components(separatedBy: text)
        return Array(parts[0].utf8) + bytes + Array(parts.dropFirst().joined(separator: text).utf8)
    }

    @Test("is shown as Feishu gave them, with the token for those who want it")
    func record() async throws {
        let identity = try await Scenario().desk().redirect()
        #expect(identity.record?["enterprise_email"] == "zhangsan@corp.example")
        #expect(identity.upstreamToken?.reveal() == Scenario.userToken)
    }
}
