import IdentityBroker
import Testing

@Suite("The picture")
struct PictureTests {
    private static let own = "https://usercontents.genauth.cn/avatar-1"
    private static let weChats = "https://wx.qlogo.cn/mmopen/vi_32/1/132"

    @Test(
        "is GenAuth's copy, otherwise WeChat's",
        arguments: [
            (.string(own), own),
            (nil, weChats), (.null, weChats), ("", weChats), (5, weChats),
            ("https://files.authing.co/authing-console/authing-avatar.png", weChats),
            ("https://files.authing.co/authing-avatar.png?v=2", weChats),
        ] as [(JSON?, String)]
    )
    func source(photo: JSON?, expected: String) async throws {
        for name in ["avatarUrl", "headimgurl"] {
            let identity = try await Scenario(profile: [name: .string(Self.weChats)], record: ["photo": photo])
                .identity()
            #expect(identity.claims.picture == expected)
            #expect(identity.notices.isEmpty)
        }
    }

    @Test(
        "is dropped unless it is an absolute https URL",
        arguments: ["http://wx.qlogo.cn/1", "/avatar-1", "javascript:alert(1)", "https://a b", "avatar"]
    )
    func refused(photo: String) async throws {
        let identity = try await Scenario(record: ["photo": .string(photo)]).identity()
        #expect(identity.claims.picture == nil)
        #expect(identity.notices == [.pictureRefused])
    }

    @Test("may be missing")
    func missing() async throws {
        let identity = try await Scenario(profile: ["avatarUrl": ""]).identity()
        #expect(identity.claims.picture == nil)
        #expect(identity.notices.isEmpty)
    }
}
