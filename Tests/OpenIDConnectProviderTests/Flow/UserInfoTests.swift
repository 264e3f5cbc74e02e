import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import Logging
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("The userinfo endpoint")
struct UserInfoTests {
    /// An ID token without a claim that the scopes ask for.
    private static let nameless: @Sendable (inout JSONObject) -> Void = { $0["name"] = nil }

    @Test(
        "is asked when it should be",
        arguments: [
            (OpenIDConnectProvider.UserInfoRule.auto, true, 0), (.auto, false, 1), (.always, true, 1),
            (.always, false, 1),
            (.never, false, 0),
        ])
    func asked(rule: OpenIDConnectProvider.UserInfoRule, isComplete: Bool, count: Int) async throws {
        let scenario = Scenario { if !isComplete { $0.claims = Self.nameless } }
        try await scenario.with { $0.userInfo = rule }.run { desk in
            let identity = try await desk.login()
            #expect(desk.count(of: "/userinfo") == count)
            #expect(identity.claims.name == (isComplete ? "Ada" : rule == .never ? nil : "Ada of the userinfo"))
            #expect(identity.notices.isEmpty)
        }
    }

    @Test("must speak of the same person: oidcc-client-test-userinfo-invalid-sub", arguments: ["auto", "always"])
    func anotherPerson(rule: String) async throws {
        let scenario = Scenario {
            $0.claims = Self.nameless
            $0.userInfo = { $0["sub"] = "person-2" }
        }
        let failure = try await scenario.with { $0.userInfo = .init(rawValue: rule) ?? .never }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    static let failures: [(String, BrokerError.Kind, ServerResponse)] = [
        ("a failure", .upstreamUnavailable, .text("", status: 500)),
        ("a refusal", .upstreamMisbehaved, .json(["error": "invalid_token"], status: 401)),
        ("a page", .upstreamMisbehaved, .text("<!doctype html>")),
        ("nobody", .upstreamMisbehaved, .json(["name": "Eve"])),
        ("a person without a name", .upstreamMisbehaved, .json(["sub": "", "name": "Eve"])),
    ]

    @Test("fails the login where it is always asked, and is noted otherwise", arguments: failures)
    func failing(name: String, kind: BrokerError.Kind, response: ServerResponse) async throws {
        let scenario = Scenario {
            $0.claims = Self.nameless
            $0.userInfoAnswer = { _ in response }
        }
        #expect(try await scenario.with { $0.userInfo = .always }.failure()?.kind == kind)
        let identity = try await scenario.login()
        #expect(identity.claims.name == nil)
        #expect(identity.claims.email?.verification == true)
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("that a network rule refuses is a notice to the app, and a warning to the operator, once")
    func refusedAddress() async throws {
        let (log, count) = (LogRecording(), Locked(0))
        var scenario = Scenario {
            $0.claims = Self.nameless
            $0.callback = { parameters in
                parameters["code"] = count.withLock { count in
                    count += 1
                    return "code-\(count)"
                }
            }
            $0.document = { document, _ in document["userinfo_endpoint"] = "http://idp.example/userinfo" }
        }
        scenario.log = log
        try await scenario.run { desk in
            for _ in 0..<2 {
                let identity = try await desk.login()
                #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
            }
        }
        let warnings = log.entries.filter { $0.level == .warning }
        #expect(warnings.count == 1 && warnings.first?.description.contains("idp.example) is plain HTTP") == true)
    }

    @Test("that hangs uses half of the time that is left, and fails the login only where it is always asked")
    func hanging() async throws {
        for rule in [OpenIDConnectProvider.UserInfoRule.auto, .always] {
            let gate = Turnstile()
            var scenario = Scenario { $0.claims = Self.nameless }
            scenario.gate = gate
            try await scenario.with { $0.userInfo = rule }.run { desk in
                async let outcome = Scenario.outcome { try await desk.login() }
                try await gate.waitUntilHeld()
                // A login has ten seconds. The alarms of both deadlines are set.
                try await desk.clock.waitForSleepers(rule == .auto ? 2 : 1)
                desk.clock.advance(by: rule == .auto ? .seconds(5) : .seconds(10))
                switch (rule, await outcome) {
                case (.auto, .success(let identity)):
                    #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
                    #expect(identity.subject == "person-1" && identity.claims.name == nil)
                case (_, .failure(let error)): #expect(rule == .always && error.kind == .timedOut)
                default: Issue.record("the login succeeded")
                }
            }
        }
    }

    @Test(
        "may sign its answer, as LemonLDAP does",
        arguments: [
            (nil, nil, true), ("client-1", nil, true), ("client-2", nil, false), (nil, "https://evil.example", false),
        ] as [(String?, String?, Bool)])
    func signed(audience: String?, issuer: String?, isAccepted: Bool) async throws {
        let scenario = Scenario {
            $0.claims = Self.nameless
            $0.userInfoAnswer = { claims in
                var claims = claims
                if let audience { claims["aud"] = .string(audience) }
                if let issuer { claims["iss"] = .string(issuer) }
                return .text(
                    try CompactJWS.sign(claims.jsonBytes, header: ["kid": "key-1"], with: TestKeys.ec.get()))
            }
        }
        let kind = try await scenario.with { $0.userInfo = .always }.failure()?.kind
        #expect(kind == (isAccepted ? nil : .upstreamMisbehaved))
    }

    @Test("may not sign with another's key")
    func forged() async throws {
        let scenario = Scenario {
            $0.userInfoAnswer = {
                .text(try CompactJWS.sign($0.jsonBytes, header: ["kid": "key-1"], with: TestKeys.otherEC.get()))
            }
        }
        #expect(try await scenario.with { $0.userInfo = .always }.failure()?.kind == .upstreamMisbehaved)
    }
}
