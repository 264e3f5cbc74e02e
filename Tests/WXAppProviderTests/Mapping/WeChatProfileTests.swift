import IdentityBroker
import Testing

@Suite("WeChat's profile")
struct WeChatProfileTests {
    @Test("is read as JSON text and as an object")
    func forms() async throws {
        let profile: JSON = ["nickName": "Jane", "gender": 2]
        for oauth in [profile, try profile.embedded] {
            let identity = try await Scenario(record: ["oauth": oauth]).identity()
            #expect(identity.claims.name == "Jane")
            #expect(identity.claims.gender == "female")
        }
    }

    @Test(
        "may be missing, however that is spelled",
        arguments: [nil, .null, "", " ", "\"\"", "{}", "null", [:]] as [JSON?]
    )
    func missing(oauth: JSON?) async throws {
        let identity = try await Scenario(record: ["oauth": oauth, "nickname": "John"]).identity()
        #expect(identity.claims.name == "John")
        #expect(identity.notices.isEmpty)
    }

    @Test(
        "that is unreadable loses its claims, but fails no login",
        arguments: [
            "{", "nickName=Jane", #"{"nickName":"Jane"} {}"#, #"{"nickName":"Jane","nickName":"June"}"#,
            #"{"nickName":"\ud83d"}"#, "[1]", "5", "\"Jane\"", 5, true, [1],
        ] as [JSON]
    )
    func unreadable(oauth: JSON) async throws {
        let identity = try await Scenario(record: ["oauth": oauth, "nickname": "John"]).identity()
        #expect(identity.claims.name == "John")
        #expect(identity.notices.map(\.rawValue) == ["oauth_unreadable"])
    }
}
