import Foundation
import IdentityBroker
import Testing
import WXAppProvider

@Suite("A token with a tokenKey")
struct VerifiedTokenTests {
    static func scenario(token: JSON?) throws -> Scenario {
        try Scenario(
            record: ["token": token, "unionid": .string(Scenario.unionid)],
            settings: .init(userPoolId: Scenario.userPoolId, tokenKey: .literal(Secret(TestToken.key)))
        )
    }

    @Test("admits the user if it verifies")
    func verifies() async throws {
        let identity = try await Self.scenario(token: .string(TestToken().signed())).identity()
        #expect(identity.subject == Scenario.userId)
        #expect(identity.notices.map(\.rawValue) == ["unionid_unproven"])
    }

    @Test("may name the user by sub")
    func subject() async throws {
        let token = TestToken(data: ["id": nil], claims: ["sub": .string(Scenario.userId)])
        #expect(try await Self.scenario(token: .string(token.signed())).identity().subject == Scenario.userId)
    }

    @Test("admits the user if it verifies and has expired, with a notice")
    func expired() async throws {
        let token = try TestToken(claims: ["exp": 1_582_781_600]).signed()
        let identity = try await Self.scenario(token: .string(token)).identity()
        #expect(identity.notices.map(\.rawValue).contains("upstream_token_expired"))
    }

    @Test("is refused if absent", arguments: [nil, .null, ""] as [JSON?])
    func absent(token: JSON?) async throws {
        #expect(try await Self.scenario(token: token).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("is refused if unreadable", arguments: UnverifiedTokenTests.unreadable)
    func noToken(token: JSON) async throws {
        #expect(try await Self.scenario(token: token).failure()?.kind == .upstreamMisbehaved)
    }

    @Test(
        "is refused with any other algorithm, correctly signed or not",
        arguments: [
            ["alg": "none"], ["alg": "RS256"], ["alg": "hs256"], ["alg": "HS512"], [:], ["alg": .null],
        ] as [JSON]
    )
    func otherAlgorithm(header: JSON) async throws {
        let token = try TestToken(header: header).signed()
        #expect(try await Self.scenario(token: .string(token)).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("is refused with a header that a reader must understand")
    func critical() async throws {
        let token = try TestToken(header: ["alg": "HS256", "crit": ["b64"], "b64": false]).signed()
        #expect(try await Self.scenario(token: .string(token)).failure()?.kind == .upstreamMisbehaved)
    }

    static let forgeries: [String] = {
        guard let token = try? TestToken().signed(), let foreign = try? TestToken().signed(with: "another"),
            let other = try? TestToken(data: ["unionid": nil]).signed()
        else { return [] }
        let parts = token.split(separator: ".")
        return [
            foreign,
            "\(parts[0]).\(parts[1]).",
            "\(parts[0]).\(parts[1]).\(parts[2].dropLast(3))",
            "\(parts[0]).\(parts[1]).\(parts[2])AAAA",
            "\(parts[0]).\(parts[1]).\(foreign.split(separator: ".")[2])",
            "\(parts[0]).\(other.split(separator: ".")[1]).\(parts[2])",
        ]
    }()

    @Test("is refused with a signature that does not verify", arguments: forgeries)
    func forged(token: String) async throws {
        let failure = try await Self.scenario(token: .string(token)).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.message.contains("does not verify") == true)
    }

    @Test("has forgeries to refuse")
    func forgeriesExist() {
        #expect(Self.forgeries.count == 6)
    }

    @Test(
        "is refused if it lacks what makes verification meaningful",
        arguments: [
            TestToken(data: ["id": nil]), TestToken(data: ["clientId": nil]),
            TestToken(claims: ["exp": nil]), TestToken(claims: ["exp": "1584077600"]),
            TestToken(claims: ["exp": -1]), TestToken(claims: ["data": nil]), TestToken(payload: [:]),
        ]
    )
    func incomplete(token: TestToken) async throws {
        #expect(try await Self.scenario(token: .string(token.signed())).failure()?.kind == .upstreamMisbehaved)
    }

    @Test(
        "is refused if it verifies but is about someone or something else",
        arguments: [
            TestToken(data: ["id": "another"]), TestToken(data: ["clientId": "another"]),
            TestToken(data: ["unionid": "oAnother"]), TestToken(claims: ["sub": "another"]),
        ]
    )
    func contradicting(token: TestToken) async throws {
        #expect(try await Self.scenario(token: .string(token.signed())).failure()?.kind == .upstreamMisbehaved)
    }
}
