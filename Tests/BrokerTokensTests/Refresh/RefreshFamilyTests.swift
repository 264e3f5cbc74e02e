import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The refresh tokens of a grant")
struct RefreshFamilyTests {
    private let randomness = RandomSource.seeded(7)
    private let start = TestClock().date
    private let grace = Duration.seconds(30)

    @Test("A token is accepted only in the form that is issued")
    func form() throws {
        let token = RefreshToken.first(of: UUID(), randomness)
        let text = token.text.reveal()
        let read = try #require(RefreshToken(token.text))
        #expect(read.grant == token.grant && read.digest == token.digest && read.familyDigest == token.familyDigest)
        #expect(text.utf8.count == 36 + 1 + 43)
        let others = [
            "", ".", text.uppercased(), text + "=", text + ".", " " + text, String(text.dropLast()),
            String(text.dropFirst()), text.replacing(".", with: ""), text + "A", "\(text).\(text)",
        ]
        for other in others {
            #expect(RefreshToken(Secret(other)) == nil, "\(other)")
        }
    }

    @Test("Neither the store nor a mirror reveals a token")
    func secrecy() throws {
        let token = RefreshToken.first(of: UUID(), randomness)
        let family = RefreshFamily(token).rotated(token, salt: randomness.bytes(32), at: start)
        let grant = Grant(
            client: "web", provider: "wxapp", opened: start, scope: try ScopeList("openid"), audiences: ["a"],
            end: start,
            refresh: family)
        let body = String(decoding: grant.recordBody(), as: UTF8.self)
        let secret = try #require(token.text.reveal().split(separator: ".").last)
        for text in [body, "\(token)", String(reflecting: token)] {
            #expect(!text.contains(secret) && !text.contains(secret.prefix(21)))
        }
        #expect(try Grant(recordBody: Data(body.utf8)) == grant)
    }

    @Test("A grant is stored as in earlier versions: base64, and seconds since the start of 2001")
    func stored() throws {
        let text = """
            {"audiences":["a","b"],"client":"web","end":788918400.125,"isRevoked":true,"lastUse":788918399,"opened":1.5,\
            "provider":"wxapp","refresh":{"current":"c","family":"f",\
            "rotation":{"previous":"p","salt":"AAEC/w==","time":788918398.5}},"scope":"openid profile"}
            """
        let grant = try Grant(recordBody: Data(text.utf8))
        #expect(String(decoding: grant.recordBody(), as: UTF8.self) == text)
        #expect(grant.scope == "openid profile" && grant.audiences == ["a", "b"])
        #expect(grant.client == "web" && grant.provider == "wxapp" && grant.isRevoked)
        #expect(grant.opened == Date(timeIntervalSinceReferenceDate: 1.5))
        #expect(grant.end == Date(timeIntervalSinceReferenceDate: 788_918_400.125))
        #expect(grant.lastUse == Date(timeIntervalSinceReferenceDate: 788_918_399))
        let short = try Grant(recordBody: body("", "lastUse", "refresh"))
        #expect(short.refresh == nil && short.lastUse == nil)
        #expect(try Grant(recordBody: body(#""lastUse":null,"refresh":null"#)) == short)
        #expect(short.recordBody() == body(""))
    }

    /// A body whose members are these and, unless they are named as missing, the required ones.
    private func body(_ members: String, _ missing: String...) -> Data {
        let required = [
            ("audiences", #"["a"]"#), ("client", #""web""#), ("end", "0"), ("isRevoked", "false"), ("opened", "0"),
            ("provider", #""wxapp""#), ("scope", #""""#),
        ]
        let all = required.filter { name, _ in !missing.contains(name) && !members.contains("\"\(name)\":") }
            .map { "\"\($0)\":\($1)" }
        return Data("{\((all + [members]).filter { !$0.isEmpty }.joined(separator: ","))}".utf8)
    }

    @Test(
        "A grant without a required member is not read",
        arguments: [
            "audiences", "client", "end", "isRevoked", "opened", "provider", "scope",
        ])
    func missing(name: String) throws {
        _ = try Grant(recordBody: body(""))
        #expect(throws: (any Error).self) { try Grant(recordBody: body("", name)) }
    }

    @Test(
        "A grant with a malformed member is not read",
        arguments: [
            #""audiences":"a""#, #""audiences":["a",1]"#, #""end":"0""#, #""scope":"strange""#, #""lastUse":true"#,
            #""refresh":{}"#, #""refresh":{"family":"f","current":"c","rotation":{"salt":"AA=="}}"#,
            #""end":0,"end":1"#,
            #""provider":"No Id""#, #""isRevoked":0"#, #""opened":null"#, #""client":1"#,
        ])
    func unreadable(member: String) {
        #expect(throws: (any Error).self) { try Grant(recordBody: body(member)) }
    }

    @Test("What is not a JSON object is no grant", arguments: ["", "[]", "{}", "null", #"{"details":"{}"}"#])
    func noObject(text: String) {
        #expect(throws: (any Error).self) { try Grant(recordBody: Data(text.utf8)) }
    }

    @Test("One token at a time is current, the previous one during the grace period, and all others are used")
    func chain() {
        var token = RefreshToken.first(of: UUID(), randomness)
        var family = RefreshFamily(token)
        var used: [RefreshToken] = []
        var now = start
        for _ in 0..<20 {
            let salt = randomness.bytes(32)
            #expect(family.standing(of: token, at: now, grace: grace) == .current)
            family = family.rotated(token, salt: salt, at: now)
            #expect(family.standing(of: token, at: now + .seconds(29.9), grace: grace) == .justRotated(salt: salt))
            #expect(family.standing(of: token, at: now + .seconds(30), grace: grace) == .reused)
            #expect(family.standing(of: token, at: now, grace: .zero) == .reused)
            for old in used {
                #expect(family.standing(of: old, at: now, grace: grace) == .reused)
            }
            used.append(token)
            token = token.successor(salt: salt)
            now = now + .seconds(1)
        }
    }

    @Test(
        "A clock that is ahead does not turn a lost answer into theft, and one set back does not extend the grace period",
        arguments: [Duration.seconds(30), .seconds(120)])
    func clocks(grace: Duration) {
        let token = RefreshToken.first(of: UUID(), randomness)
        let salt = randomness.bytes(32)
        let family = RefreshFamily(token).rotated(token, salt: salt, at: start)
        let tolerance = max(grace, KeyRotation.clockSkew)
        func standing(_ time: Duration, _ grace: Duration) -> RefreshFamily.Standing {
            family.standing(of: token, at: start + time, grace: grace)
        }
        #expect(standing(.seconds(-40), grace) == .justRotated(salt: salt))
        #expect(standing(.seconds(1) - tolerance, grace) == .justRotated(salt: salt))
        #expect(standing(.zero - tolerance, grace) == .rotatedAhead)
        #expect(standing(.seconds(-86_400), grace) == .rotatedAhead)
        #expect(standing(.seconds(-40), .zero) == .reused)
    }

    @Test("A token that only names the grant, or half of it, does not belong to the family")
    func foreign() {
        let token = RefreshToken.first(of: UUID(), randomness)
        let family = RefreshFamily(token)
        let madeUp = RefreshToken.first(of: token.grant, randomness)
        #expect(family.standing(of: madeUp, at: start, grace: grace) == .foreign)
    }

    @Test("A successor derives from both the token and the salt")
    func successor() {
        let token = RefreshToken.first(of: UUID(), randomness)
        let (salt, other) = (randomness.bytes(32), randomness.bytes(32))
        #expect(token.successor(salt: salt).digest == token.successor(salt: salt).digest)
        #expect(token.successor(salt: salt).digest != token.successor(salt: other).digest)
        #expect(token.successor(salt: salt).digest != token.digest)
        #expect(token.successor(salt: salt).familyDigest == token.familyDigest)
    }
}
