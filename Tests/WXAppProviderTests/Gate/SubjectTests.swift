import IdentityBroker
import Testing

@Suite("The subject")
struct SubjectTests {
    @Test("is the id, under any of its names", arguments: ["_id", "id", "userId"])
    func name(name: String) async throws {
        let identity = try await Scenario(answer: .json([name: "user-1"])).identity()
        #expect(identity.subject == "user-1")
        #expect(identity.issuer.rawValue == "https://core.genauth.cn/5e4cdd055df3df65dc58b97d")
    }

    @Test("may appear in several places that agree")
    func agreeing() async throws {
        let token = try TestToken(claims: ["sub": .string(Scenario.userId)]).signed()
        let identity = try await Scenario(
            record: ["id": .string(Scenario.userId), "userId": .string(Scenario.userId), "token": .string(token)]
        ).identity()
        #expect(identity.subject == Scenario.userId)
    }

    @Test("is refused if two places differ", arguments: ["id", "userId"])
    func differing(name: String) async throws {
        let failure = try await Scenario(record: [name: "another"]).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.message.contains("subject") == true)
    }

    @Test(
        "is refused if it is not a string, even next to one that is",
        arguments: ["_id", "id", "userId"],
        ["", .null, 5, true, ["5e57540f84622ae263294a42"], [:]] as [JSON]
    )
    func noText(name: String, value: JSON) async throws {
        for body in [[name: value], Scenario.record.with([name: value])] as [JSON] {
            #expect(try await Scenario(answer: .json(body)).failure()?.kind == .upstreamMisbehaved)
        }
    }

    @Test("is refused with white space or control characters in it", arguments: ["a b", "a\nb", "a\u{202E}b", "\u{0}"])
    func noId(value: String) async throws {
        let failure = try await Scenario(answer: .json(["_id": .string(value)])).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }
}
