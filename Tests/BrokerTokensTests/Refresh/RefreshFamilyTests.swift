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
        let details = GrantDetails(scope: try ScopeList("openid"), audiences: ["a"], end: start, refresh: family)
        let secret = try #require(token.text.reveal().split(separator: ".").last)
        for text in [details.text, "\(token)", String(reflecting: token)] {
            #expect(!text.contains(secret) && !text.contains(secret.prefix(21)))
        }
        #expect(GrantDetails(details.text) == details)
    }

    @Test("Details are stored as in earlier versions: base64, and seconds since the start of 2001")
    func stored() throws {
        let text = """
            {"audiences":["a","b"],"end":788918400.125,"lastUse":788918399,"refresh":{"current":"c","family":"f",\
            "rotation":{"previous":"p","salt":"AAEC/w==","time":788918398.5}},"scope":"openid profile"}
            """
        let details = try #require(GrantDetails(text))
        #expect(details.text == text)
        #expect(details.scope == "openid profile" && details.audiences == ["a", "b"])
        #expect(details.end == Date(timeIntervalSinceReferenceDate: 788_918_400.125))
        #expect(details.lastUse == Date(timeIntervalSinceReferenceDate: 788_918_399))
        let short = #"{"audiences":["a"],"end":0,"scope":""}"#
        #expect(GrantDetails(short)?.text == short && GrantDetails(short)?.refresh == nil)
        #expect(GrantDetails(#"{"audiences":["a"],"end":0,"lastUse":null,"refresh":null,"scope":""}"#)?.text == short)
    }

    @Test(
        "Malformed details are not read",
        arguments: [
            "", "[]", "{}", #"{"audiences":[],"end":0,"scope":""}"#, #"{"audiences":["a"],"end":0}"#,
            #"{"audiences":["a"],"scope":""}"#, #"{"audiences":["a",1],"end":0,"scope":""}"#,
            #"{"audiences":["a"],"end":"0","scope":""}"#, #"{"audiences":["a"],"end":0,"scope":"strange"}"#,
            #"{"audiences":["a"],"end":0,"scope":"","lastUse":true}"#,
            #"{"audiences":["a"],"end":0,"scope":"","refresh":{}}"#,
            #"{"audiences":["a"],"end":0,"scope":"","refresh":{"family":"f","current":"c","rotation":{"salt":"AA=="}}}"#,
            #"{"audiences":["a"],"end":0,"end":1,"scope":""}"#,
        ])
    func unreadable(text: String) {
        #expect(GrantDetails(text) == nil)
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
