import IdentityBroker
import Testing

@Suite("The e-mail address")
struct EmailTests {
    @Test(
        "is verified by a literal true and nothing else",
        arguments: [
            (true, true), (false, false), (nil, nil), (.null, nil), (1, nil), ("true", nil), ("false", nil), (0, nil),
        ] as [(JSON?, Bool?)]
    )
    func verification(flag: JSON?, expected: Bool?) async throws {
        let identity = try await Scenario(record: ["email": "john@Example.com", "emailVerified": flag]).identity()
        let email = try #require(identity.claims.email)
        #expect(email.value.rawValue == "john@example.com")
        #expect(email.verification == expected)
        #expect(identity.notices.isEmpty)
    }

    @Test("is absent if GenAuth only says that it is not verified", arguments: [nil, .null, "", 5] as [JSON?])
    func absent(email: JSON?) async throws {
        let identity = try await Scenario(record: ["email": email, "emailVerified": false]).identity()
        #expect(identity.claims.email == nil)
        #expect(identity.notices.isEmpty)
    }

    @Test(
        "is dropped unless it is exactly one",
        arguments: [
            "john", "a@evil.example,b@victim.example", "John <john@example.com>", "john@localhost", "a b@example.com",
        ]
    )
    func refused(email: String) async throws {
        let identity = try await Scenario(record: ["email": .string(email), "emailVerified": true]).identity()
        #expect(identity.claims.email == nil)
        #expect(identity.notices == [.emailRefused])
    }
}
