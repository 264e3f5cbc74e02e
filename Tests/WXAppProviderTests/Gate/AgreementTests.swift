import IdentityBroker
import Testing

@Suite("Facts stated more than once")
struct AgreementTests {
    @Test("admit the user if they agree")
    func agreeing() async throws {
        let identity = try await Scenario(
            profile: ["openid": .string(Scenario.openid), "unionid": .string(Scenario.unionid)],
            record: [
                "openid": .string(Scenario.openid), "unionid": .string(Scenario.unionid),
                "userPoolId": .string(Scenario.userPoolId), "token": .string(try TestToken().signed()),
            ]
        ).identity()
        #expect(identity.subject == Scenario.userId)
    }

    @Test("admit the user if a place states nothing", arguments: [.null, ""] as [JSON])
    func silent(nothing: JSON) async throws {
        let identity = try await Scenario(
            profile: ["openid": .string(Scenario.openid), "unionid": nothing],
            record: ["openid": nothing, "unionid": nothing, "userPoolId": nothing]
        ).identity()
        #expect(identity.alternateIdentifiers.map(\.value) == [Scenario.openid])
    }

    @Test("refuse the record if WeChat's profile names another id", arguments: ["openid", "unionid"])
    func profileDiffers(name: String) async throws {
        let failure = try await Scenario(profile: [name: "oAnother"], record: [name: "oOne"]).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.message.contains(name) == true)
    }

    @Test("refuse a record of another user pool")
    func otherPool() async throws {
        #expect(try await Scenario(record: ["userPoolId": "another"]).failure()?.kind == .upstreamMisbehaved)
    }

    @Test(
        "refuse an invalid WeChat id",
        arguments: ["openid", "unionid"],
        [5, true, ["a"], "a b", "é", "a\u{0}", .string(String(repeating: "a", count: 256))] as [JSON]
    )
    func noId(name: String, value: JSON) async throws {
        #expect(try await Scenario(record: [name: value]).failure()?.kind == .upstreamMisbehaved)
        #expect(try await Scenario(profile: [name: value]).failure()?.kind == .upstreamMisbehaved)
    }
}
