import Foundation
import IdentityBroker
import StrictJSON
import Testing

@Suite("The documented record")
struct DocumentedRecordTests {
    private static func scenario() throws -> Scenario {
        Scenario(answer: .text(try Fixture.documentedRecord.text))
    }

    @Test("becomes the documented identity, member by member")
    func golden() async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let identity = try await Self.scenario().identity()
        let text = String(decoding: try encoder.encode(identity), as: UTF8.self)
        #expect(try text + "\n" == Fixture.documentedIdentity.text)
    }

    @Test("yields neither an e-mail address nor a phone number nor a username")
    func absentClaims() async throws {
        let claims = try await Self.scenario().identity().claims
        #expect(claims.email == nil)
        #expect(claims.phoneNumber == nil)
        #expect(claims.preferredUsername == nil)
    }

    @Test("has a notice only for its two phone numbers while its token is valid")
    func notices() async throws {
        let identity = try await Self.scenario().identity()
        #expect(identity.notices.map(\.rawValue) == ["phone_conflict"])
    }

    @Test("is accepted after its token has expired, with a notice")
    func expiredToken() async throws {
        var scenario = try Self.scenario()
        scenario.now = Date(timeIntervalSince1970: 1_584_077_600)
        let identity = try await scenario.identity()
        #expect(identity.subject == Scenario.userId)
        #expect(identity.notices.map(\.rawValue) == ["upstream_token_expired", "phone_conflict"])
    }

    @Test("passes on its token as a secret, and a raw record without it")
    func token() async throws {
        let identity = try await Self.scenario().identity()
        #expect(identity.upstreamToken?.reveal().hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.") == true)
        guard case .object(let record)? = identity.record else {
            Issue.record("There is no raw record.")
            return
        }
        #expect(record["token"] == nil)
        #expect(record["tokenExpiredAt"] == "2020-03-13T05:33:20.000Z")
        #expect(record["lastIP"] == "::ffff:192.168.0.106")
    }
}
