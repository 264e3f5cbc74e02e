import Foundation
import IdentityBroker
import StrictJSON
import Testing

@Suite("A token without a tokenKey")
struct UnverifiedTokenTests {
    static func scenario(token: JSON, record members: [String: JSON?] = [:]) throws -> Scenario {
        try Scenario(record: members.merging(["token": token]) { _, token in token })
    }

    @Test("is compared with the record and gets no notice", arguments: [TestToken.key, "any other key"])
    func compared(key: String) async throws {
        let identity = try await Self.scenario(token: .string(TestToken().signed(with: key))).identity()
        #expect(identity.notices.isEmpty)
        #expect(identity.attributes["upstream_token_expires_at"] == "2020-03-13T05:33:20.000Z")
    }

    @Test("may be absent", arguments: [nil, .null, ""] as [JSON?])
    func absent(token: JSON?) async throws {
        let identity = try await Scenario(record: ["token": token]).identity()
        #expect(identity.notices.isEmpty)
        #expect(identity.upstreamToken == nil)
    }

    @Test(
        "refuses the record if it is about someone or something else",
        arguments: [
            TestToken(data: ["id": "another"]),
            TestToken(data: ["id": 5]),
            TestToken(data: ["id": ""]),
            TestToken(data: ["id": .null]),
            TestToken(claims: ["sub": "another"]),
            TestToken(claims: ["sub": 5]),
            TestToken(data: ["clientId": "another"]),
            TestToken(data: ["clientId": .null]),
            TestToken(data: ["clientId": ""]),
            TestToken(data: ["unionid": "oAnother"]),
            TestToken(data: ["unionid": 5]),
        ]
    )
    func contradicting(token: TestToken) async throws {
        let scenario = try Self.scenario(
            token: .string(token.signed()), record: ["unionid": .string(Scenario.unionid)]
        )
        #expect(await scenario.failure()?.kind == .upstreamMisbehaved)
    }

    @Test("may have fewer claims", arguments: ["id", "clientId", "unionid"])
    func silent(name: String) async throws {
        let token = try TestToken(data: [name: nil]).signed()
        #expect(try await Self.scenario(token: .string(token)).identity().notices.isEmpty)
    }

    @Test(
        "with another algorithm could not be verified with any key, which causes a notice",
        arguments: [
            ["alg": "none"], ["alg": "RS256"], ["alg": "hs256"], ["alg": "HS512"], [:], ["alg": 5],
            ["alg": "HS256", "crit": ["exp"]],
        ] as [JSON]
    )
    func otherAlgorithm(header: JSON) async throws {
        let token = try TestToken(header: header).signed()
        let identity = try await Self.scenario(token: .string(token)).identity()
        #expect(identity.notices.map(\.rawValue) == ["upstream_token_unverified"])
    }

    static let unreadable: [JSON] = {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        let parts = ["e30", TestToken.encode(Data("[]".utf8)), TestToken.encode(Data(#"{"data":"x"}"#.utf8))]
        return [
            5,
            true,
            [:],
            "opaque",
            "a.b",
            "e30.e30",
            "e30.e30.e30.e30",
            "e30.e30.e30.e30.e30",
            "e30=.e30.e30",
            "e31.e30.e30",
            "e30.e30. ",
            .string("\(parts[0]).\(parts[1])."),
            .string("\(parts[1]).\(parts[0])."),
            .string("\(parts[0]).\(parts[2])."),
            .string("e30.\(TestToken.encode(Data("e30.e30.".utf8)))."),
            .string("e30.\(TestToken.encode(Data(#"{"data":{"id":"a","id":"b"}}"#.utf8)))."),
            .string("e30.\(TestToken.encode(Data(#"{"a":\#(deep)}"#.utf8)))."),
        ]
    }()

    @Test("of an unknown form is only not compared", arguments: unreadable)
    func noToken(token: JSON) async throws {
        let identity = try await Self.scenario(token: token).identity()
        #expect(identity.notices.map(\.rawValue) == ["upstream_token_unreadable"])
    }

    @Test(
        "expires with the earlier of its exp and the record's tokenExpiredAt",
        arguments: [
            (1_584_077_600, "2020-03-13T05:33:20.000Z", "2020-03-13T05:33:20.000Z"),
            (1_584_077_600, "2020-03-12T05:33:20Z", "2020-03-12T05:33:20.000Z"),
            (1_584_077_600, "2021-03-13T05:33:20Z", "2020-03-13T05:33:20.000Z"),
            (1_584_077_600, "soon", "2020-03-13T05:33:20.000Z"),
            (nil, "Fri Mar 13 2020 13:33:20 GMT+0800 (CST)", "2020-03-13T05:33:20.000Z"),
            ("1584077600", "2020-03-13T05:33:20", "2020-03-13T05:33:20.000Z"),
            (1e300, "2020-03-13T05:33:20Z", "2020-03-13T05:33:20.000Z"),
            (nil, "soon", nil),
        ] as [(JSON?, String, String?)]
    )
    func expiry(exp: JSON?, tokenExpiredAt: String, expected: String?) async throws {
        let token = try TestToken(claims: ["exp": exp]).signed()
        let scenario = try Self.scenario(token: .string(token), record: ["tokenExpiredAt": .string(tokenExpiredAt)])
        let identity = try await scenario.identity()
        #expect(identity.attributes["upstream_token_expires_at"] == expected.map { .string($0) })
        #expect(identity.notices.isEmpty)
    }

    @Test("that has expired only causes a notice", arguments: [(1_582_781_700, true), (1_582_781_701, false)])
    func expired(exp: Int, isExpired: Bool) async throws {
        let token = try TestToken(claims: ["exp": .number(Double(exp))]).signed()
        let identity = try await Self.scenario(token: .string(token)).identity()
        #expect(identity.notices.map(\.rawValue) == (isExpired ? ["upstream_token_expired"] : []))
    }
}
