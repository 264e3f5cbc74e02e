import IdentityBroker
import Testing
import WXAppProvider

@Suite("Alternate identifiers")
struct AlternateIdentifierTests {
    private static let unionid = AlternateIdentifier(type: "wechat_unionid", value: Scenario.unionid)
    private static let openid = AlternateIdentifier(
        type: "wechat_openid", scope: "wxa0435021fd7a3af2", value: Scenario.openid
    )

    @Test("are unionid and openid, from the record or from WeChat's profile")
    func both() async throws {
        let ids: JSON = ["unionid": .string(Scenario.unionid), "openid": .string(Scenario.openid)]
        let own: [String: JSON?] = ["unionid": .string(Scenario.unionid), "openid": .string(Scenario.openid)]
        let scenarios = [
            try Scenario(record: own),
            try Scenario(profile: ids),
            try Scenario(profile: ids, record: own),
        ]
        for scenario in scenarios {
            let identity = try await scenario.identity()
            #expect(identity.alternateIdentifiers == [Self.unionid, Self.openid])
            #expect(identity.notices.isEmpty)
        }
    }

    @Test("scope the openid by the mini program that ran")
    func scope() async throws {
        let scenario = try Scenario(
            record: ["openid": .string(Scenario.openid)],
            settings: .init(userPoolId: Scenario.userPoolId, miniProgram: .init(appId: "wxself"))
        )
        #expect(try await scenario.identity().alternateIdentifiers.map(\.scope) == ["wxself"])
    }

    @Test("do not include an openid labeled as a unionid")
    func openidAsUnionid() async throws {
        let openid = JSON.string(Scenario.openid)
        let scenarios = [
            try Scenario(record: ["unionid": openid, "openid": openid]),
            try Scenario(profile: ["openid": openid], record: ["unionid": openid]),
            try Scenario(profile: ["openid": openid, "unionid": openid], record: [:]),
        ]
        for scenario in scenarios {
            let identity = try await scenario.identity()
            #expect(identity.alternateIdentifiers == [Self.openid])
            #expect(identity.notices.map(\.rawValue) == ["unionid_unproven"])
        }
    }

    @Test("do not include a unionid that may be an openid")
    func unprovenUnionid() async throws {
        let identity = try await Scenario(record: ["unionid": .string(Scenario.unionid)]).identity()
        #expect(identity.alternateIdentifiers.isEmpty)
        #expect(identity.notices.map(\.rawValue) == ["unionid_unproven"])
    }

    @Test("include a unionid that WeChat's own profile names")
    func namedByWeChat() async throws {
        let identity = try await Scenario(profile: ["unionid": .string(Scenario.unionid)]).identity()
        #expect(identity.alternateIdentifiers == [Self.unionid])
        #expect(identity.notices.isEmpty)
    }

    @Test("do not include what only the token says")
    func tokenOnly() async throws {
        let identity = try await Scenario(
            record: ["openid": .string(Scenario.openid), "token": .string(try TestToken().signed())]
        ).identity()
        #expect(identity.alternateIdentifiers == [Self.openid])
        #expect(identity.notices.isEmpty)
    }

    @Test("may be missing", arguments: [nil, .null, ""] as [JSON?])
    func missing(value: JSON?) async throws {
        let identity = try await Scenario(record: ["unionid": value, "openid": value]).identity()
        #expect(identity.alternateIdentifiers.isEmpty)
        #expect(identity.notices.isEmpty)
    }
}
