import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("The identity")
struct IdentityTests {
    @Test(
        "has the id with all its digits, be it text or a number",
        arguments: [
            (#""person-1""#, "person-1"), ("7", "7"), (#""7""#, "7"), ("9007199254740993", "9007199254740993"),
            ("18446744073709551615", "18446744073709551615"), (#""00123""#, "00123"),
        ])
    func subjects(id: String, subject: String) async throws {
        let identity = try await Scenario { $0.profileAnswer = .text(#"{"id":\#(id)}"#) }.login()
        #expect(identity.subject == subject)
        #expect(identity.issuer.rawValue == "https://id.example")
    }

    @Test(
        "is refused without an id where the declaration says",
        arguments: [
            "null", #""""#, "0", #""0""#, "true", "7.5", "7e3", "-7", "[]", #"["a"]"#, #"{"id":"a"}"#, #"" ""#,
            #""\u0000""#,
            #""ö""#,
        ])
    func noSubject(id: String) async throws {
        let failure = try await Scenario { $0.profileAnswer = .text(#"{"id":\#(id),"user":"b","sub":"c"}"#) }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test("may have an id of several members, none of which has the separator in it")
    func joined() async throws {
        func scenario(_ team: JSONValue) -> Scenario {
            Scenario(record: ["team": team, "id": 7]) { $0.subject = ["/team", "/id"] }
        }
        #expect(try await scenario("T1").login().subject == "T1:7")
        #expect(try await scenario("T:1").failure()?.kind == .upstreamMisbehaved)
        #expect(try await scenario(.null).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("has an id that the answer with the token confirms, if the declaration says so")
    func agreement() async throws {
        func scenario(_ id: JSONValue) -> Scenario {
            Scenario(record: ["id": id]) { $0.tokenSubject = ["/openid"] }
        }
        #expect(try await scenario("person-1").login().subject == "person-1")
        #expect(try await scenario("person-2").failure()?.kind == .upstreamMisbehaved)
        #expect(try await scenario(.null).failure()?.kind == .upstreamMisbehaved)
        func alone(_ record: JSONValue) -> Scenario {
            Scenario(record: record) { ($0.subject, $0.tokenSubject) = ([], ["/openid"]) }
        }
        #expect(try await alone(["id": "another", "name": "Ada"]).login().subject == "person-1")
        #expect(try await alone(["id": "another"]).failure()?.kind == .upstreamMisbehaved)
    }

    @Test(
        "has a verified address only if all conditions hold: GHSA-9r87-mvcw-x35f",
        arguments: [
            ("true", "true", true), ("true", "false", false), ("false", "true", false), ("true", "null", nil),
            (#""true""#, "true", nil), ("1", "true", nil), ("true", #""yes""#, nil),
        ] as [(String, String, Bool?)])
    func verification(first: String, second: String, verified: Bool?) async throws {
        let identity = try await Scenario {
            $0.declaration.emailVerified = [Condition(at: "/valid"), Condition(at: "/verified")]
            $0.profileAnswer = .text(
                #"{"id":"a","email":"ada@people.example","valid":\#(first),"verified":\#(second)}"#)
        }.login()
        #expect(identity.claims.email?.verification == verified)
    }

    @Test(
        "compares a condition's text with the whole of a text, a number or an element",
        arguments: [
            (#""confirmed""#, true), (#"["a","confirmed"]"#, true), (#""Confirmed""#, false),
            (#""unconfirmed""#, false),
            ("true", false), ("[]", false), ("null", nil),
        ] as [(String, Bool?)])
    func conditionTexts(state: String, verified: Bool?) async throws {
        let identity = try await Scenario {
            $0.declaration.emailVerified = [Condition(at: "/state", is: "confirmed")]
            $0.profileAnswer = .text(#"{"id":"a","email":"ada@people.example","state":\#(state)}"#)
        }.login()
        #expect(identity.claims.email?.verification == verified)
    }

    @Test("has an unverified address without conditions, and none that is no address")
    func addresses() async throws {
        let scenario = Scenario(record: ["id": "a", "email": "ada@people.example", "email_verified": true]) {
            $0.emailVerified = []
        }
        let email = try await scenario.login().claims.email
        #expect(email != nil && email?.verification == nil)
        let identity = try await Scenario(record: ["id": "a", "email": "a@b.example,c@d.example"]).login()
        #expect(identity.claims.email == nil && identity.notices.map(\.rawValue) == ["email_refused"])
    }

    @Test("has claims made of several values, each of which is one segment of a URL")
    func templates() async throws {
        func claims(_ record: JSONObject) async throws -> Claims {
            try await Scenario(record: .object(record.with("id", "7"))) {
                $0.claims = [
                    "name": "{/first} {/last}", "picture": "https://cdn.example/{/id}/{/avatar}.png",
                    "phone_number": "+{/phone}",
                ]
            }.login().claims
        }
        let whole = try await claims(["first": "Ada", "last": "Lovelace", "avatar": "../a?b", "phone": "8617670416754"])
        #expect(whole.name == "Ada Lovelace" && whole.picture == "https://cdn.example/7/..%2Fa%3Fb.png")
        #expect(whole.phoneNumber?.value.rawValue == "+8617670416754")
        let parts = try await claims(["first": "Ada", "last": "", "avatar": .null, "phone": "12*"])
        #expect(parts.name == nil && parts.picture == nil && parts.phoneNumber == nil)
    }

    @Test(
        "has several segments of a URL where the declaration lets it, and none that leads elsewhere",
        arguments: [
            ("31804/BYkog-1", "https://cdn.example/31804/BYkog-1/200"), ("7", "https://cdn.example/7/200"),
            ("a/b?c#d", "https://cdn.example/a/b%3Fc%23d/200"), ("../a", nil), ("a/./b", nil), ("/a", nil),
            ("a//b", nil),
            ("", nil), ("a/..", nil),
        ] as [(String, String?)])
    func segments(avatar: String, picture: String?) async throws {
        let identity = try await Scenario(record: ["id": "7", "avatar": .string(avatar)]) {
            $0.claims = ["picture": "https://cdn.example/{+/avatar}/200"]
        }.login()
        #expect(identity.claims.picture == picture)
    }

    @Test("has the token nowhere, though the record repeats it")
    func repeatedToken() async throws {
        let echo = JSONValue.string("Bearer \(Scenario.accessToken)")
        let identity = try await Scenario(record: ["id": "a", "name": echo, "session": echo]) {
            $0.attributes = ["session": "/session"]
        }.login()
        #expect(identity.upstreamToken?.reveal() == Scenario.accessToken)
        #expect(identity.record?["session"] == "Bearer <redacted>")
        #expect(identity.attributes == ["session": "Bearer <redacted>"])
        #expect(identity.claims.name == "Bearer <redacted>")
        let failure = try await Scenario(record: ["id": .string(Scenario.accessToken)]).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test(
        "has nothing else that was issued beside the token, wherever the upstream repeats it",
        arguments: [
            #"{"access_token":"access-canary-8c2e","refresh_token":"canary-further-1"}"#,
            #"{"access_token":"access-canary-8c2e","id_token":"canary-further-1"}"#,
            #"{"access_token":"access-canary-8c2e","session":{"session_key":"canary-further-1"}}"#,
            #"{"access_token":"access-canary-8c2e","tokens":[{"refreshToken":"canary-further-1"}]}"#,
            #"{"access_token":"access-canary-8c2e","session_secret":"canary-further-1"}"#,
            #"{"access_token":"access-canary-8c2e","refresh_token":{"value":["canary-further-1"]}}"#,
        ])
    func furtherSecrets(tokens: String) async throws {
        let echo = JSONValue.string("it is canary-further-1")
        func scenario(_ id: String) -> Scenario {
            var scenario = Scenario(record: ["id": .string(id), "name": echo, "session": echo, "email": echo]) {
                $0.attributes = ["session": "/session"]
            }
            scenario.tokenAnswer = .text(tokens)
            return scenario
        }
        let identity = try await scenario("a").login()
        #expect(identity.upstreamToken?.reveal() == Scenario.accessToken)
        #expect(identity.record?["session"] == "it is <redacted>")
        #expect(identity.attributes == ["session": "it is <redacted>"] && identity.claims.name == "it is <redacted>")
        let failure = try #require(try await scenario("canary-further-1").failure())
        #expect(failure.kind == .upstreamMisbehaved && !"\(failure)\(failure.message)".contains("canary"))
    }

    @Test("takes an answer with sixteen secrets, each of them counted once, and no more", arguments: [16, 17])
    func manySecrets(count: Int) async throws {
        // With the access token, which is too short to count.
        let texts = (1...count).map { #""canary-further-\#($0 + 10)""# }.joined(separator: ",")
        var scenario = Scenario()
        scenario.tokenAnswer = .text(
            #"{"access_token":"access-canary","refresh_token":[\#(texts)],"session_key":[\#(texts)]}"#)
        let failure = try await scenario.failure()
        #expect(failure?.kind == (count == 16 ? nil : .upstreamMisbehaved))
        #expect(failure.map { $0.credential == .spent && !$0.message.contains("canary") } ?? true)
    }

    @Test(
        "keeps what only looks like a secret: a member that says something of a token, and a short text",
        arguments: [
            #""token_type":"bearer""#, #""refresh_token_expires_in":"a-word-of-16-byte""#,
            #""has_refresh_token":"a-word-of-16-byte""#, #""is_secret":"a-word-of-16-byte""#,
            #""next_token":"a-word-of-16-byte""#, #""refresh_token":"byte""#, #""refresh_token":true"#,
        ])
    func noSecrets(member: String) async throws {
        var scenario = Scenario(record: ["id": "bearer", "name": "a-word-of-16-byte"])
        scenario.tokenAnswer = .text(#"{"access_token":"access-canary-8c2e",\#(member)}"#)
        let identity = try await scenario.login()
        #expect(identity.subject == "bearer" && identity.claims.name == "a-word-of-16-byte")
    }

    @Test("has the declared attributes, and the record for pointers")
    func attributes() async throws {
        let scenario = Scenario(record: ["data": ["id": "a", "team": ["name": "staff"], "none": .null]]) {
            $0.profile.record = "/data"
            $0.attributes = ["team": "/team/name", "none": "/none", "absent": "/absent"]
        }
        let identity = try await scenario.login()
        #expect(identity.attributes == ["team": "staff"])
        #expect(identity.record?["team"]?["name"] == "staff")
    }
}
