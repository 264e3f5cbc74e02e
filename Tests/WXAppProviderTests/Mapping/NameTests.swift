import IdentityBroker
import Testing

@Suite("Names")
struct NameTests {
    @Test("are the nickname's", arguments: ["John Doe", "张伟", "🧑‍🚀 é"])
    func nickname(nickname: String) async throws {
        let identity = try await Scenario(record: ["nickname": .string(nickname)]).identity()
        #expect(identity.claims.nickname == nickname)
        #expect(identity.claims.name == nickname)
        #expect(identity.notices.isEmpty)
    }

    @Test("fall back to WeChat's, in either dialect", arguments: ["nickName", "nickname"])
    func profile(name: String) async throws {
        for missing in [nil, .null, "", 5] as [JSON?] {
            let identity = try await Scenario(profile: [name: "Jane"], record: ["nickname": missing]).identity()
            #expect(identity.claims.nickname == "Jane")
            #expect(identity.claims.name == "Jane")
            #expect(identity.notices.isEmpty)
        }
    }

    @Test("are not WeChat's placeholder", arguments: ["微信用户", " 微信用户\u{200B}"])
    func placeholder(placeholder: String) async throws {
        let identity = try await Scenario(
            profile: ["nickName": .string(placeholder)],
            record: ["nickname": .string(placeholder), "username": .string(placeholder)]
        ).identity()
        #expect(identity.claims.name == nil)
        #expect(identity.claims.nickname == nil)
        #expect(identity.claims.preferredUsername == nil)
        #expect(identity.notices.map(\.rawValue) == ["name_placeholder"])
    }

    @Test("are the first that is a name")
    func afterPlaceholder() async throws {
        let identity = try await Scenario(profile: ["nickName": "Jane"], record: ["nickname": "微信用户"]).identity()
        #expect(identity.claims.name == "Jane")
        #expect(identity.notices.map(\.rawValue) == ["name_placeholder"])
    }

    @Test("are cleaned, with a notice", arguments: [("Jo\u{202E}hn\u{0}", "John"), ("\u{14}\u{7}", nil)])
    func cleaned(nickname: String, expected: String?) async throws {
        let identity = try await Scenario(record: ["nickname": .string(nickname)]).identity()
        #expect(identity.claims.name == expected)
        #expect(identity.claims.nickname == expected)
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("come from the later record's own members if present")
    func later() async throws {
        let claims = try await Scenario(
            record: [
                "nickname": "Johnny", "name": "John Quincy Doe", "givenName": "John", "middleName": "Quincy",
                "familyName": "Doe", "preferredUsername": "jqd", "username": "other",
            ]
        ).identity().claims
        #expect(claims.name == "John Quincy Doe")
        #expect(claims.nickname == "Johnny")
        #expect(claims.givenName == "John")
        #expect(claims.middleName == "Quincy")
        #expect(claims.familyName == "Doe")
        #expect(claims.preferredUsername == "jqd")
    }

    @Test(
        "include the username only if it is not the nickname",
        arguments: [
            ("john", "John Doe", "john"),
            ("John Doe", "John Doe", nil),
            ("John Doe\u{0}", "John Doe", nil),
            ("Jane", "John Doe", nil),
            ("", "John Doe", nil),
            ("\u{0}", "John Doe", nil),
            (.null, "John Doe", nil),
            (5, "John Doe", nil),
            ("john", nil, "john"),
        ] as [(JSON, JSON?, String?)]
    )
    func username(username: JSON, nickname: JSON?, expected: String?) async throws {
        let identity = try await Scenario(
            profile: ["nickName": "Jane"],
            record: ["username": username, "nickname": nickname]
        ).identity()
        #expect(identity.claims.preferredUsername == expected)
    }
}
