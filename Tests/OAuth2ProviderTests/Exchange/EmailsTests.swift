import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("E-mail addresses of an endpoint of their own")
struct EmailsTests {
    private static func scenario(_ list: JSONValue, _ rule: OAuth2Provider.EmailsRule = .auto) -> Scenario {
        Scenario {
            $0.declaration.emails = .init()
            $0.declaration.emails?.url = "https://{host}/emails"
            $0.declaration.emails?.primary = [Condition(at: "/primary")]
            $0.declaration.emails?.verified = [Condition(at: "/verified")]
            $0.emailsAnswer = .json(list)
            $0.settings = { $0.emails = rule }
        }
    }

    @Test("give the primary one, with its own flag")
    func primary() async throws {
        let identity = try await Self.scenario([
            ["email": "first@people.example", "primary": false, "verified": true],
            ["email": "own@people.example", "primary": true, "verified": false],
            ["email": "last@people.example", "primary": true, "verified": true],
        ]).login()
        #expect(identity.claims.email?.value.rawValue == "own@people.example")
        #expect(identity.claims.email?.verification == false && identity.notices.isEmpty)
    }

    @Test(
        "leave the record's, if none is the primary one",
        arguments: [[], [["email": "a@people.example"]]] as [JSONValue])
    func none(list: JSONValue) async throws {
        let identity = try await Self.scenario(list).login()
        #expect(identity.claims.email?.value.rawValue == "ada@people.example")
        #expect(try await Self.scenario(list, .always).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("that cannot be read are a notice, and with always the login's failure")
    func failure() async throws {
        for answer: ServerResponse in [.text("no"), .json(["a": 1]), .text("", status: 403), .text("[]", status: 500)] {
            var scenario = Self.scenario([])
            scenario.emailsAnswer = answer
            let identity = try await scenario.login()
            #expect(identity.notices.map(\.rawValue) == ["emails_unreadable"])
            #expect(identity.claims.email?.value.rawValue == "ada@people.example")
            scenario.settings = { $0.emails = .always }
            #expect(try await scenario.failure() != nil)
        }
    }

    @Test("that hang use half of the time that is left, and fail the login only with always")
    func hanging() async throws {
        for rule in [OAuth2Provider.EmailsRule.auto, .always] {
            let gate = Turnstile()
            var scenario = Self.scenario([], rule)
            scenario.gate = gate
            try await scenario.run { desk in
                async let outcome = Self.outcome { try await desk.login() }
                try await gate.waitUntilHeld()
                // A login has ten seconds. The alarms of both deadlines are set.
                try await desk.clock.waitForSleepers(rule == .auto ? 2 : 1)
                desk.clock.advance(by: rule == .auto ? .seconds(5) : .seconds(10))
                switch (rule, await outcome) {
                case (.auto, .success(let identity)):
                    #expect(identity.notices.map(\.rawValue) == ["emails_unreadable"])
                    #expect(identity.claims.email?.value.rawValue == "ada@people.example")
                case (_, .failure(let error)): #expect(rule == .always && error.kind == .timedOut)
                default: Issue.record("the login succeeded")
                }
            }
        }
    }

    private static func outcome(_ body: () async throws -> Identity) async -> Result<Identity, BrokerError> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error))."))
        }
    }

    @Test("that are still awaited when the caller leaves are the end of the login, and no notice")
    func cancelled() async throws {
        let gate = Turnstile()
        var scenario = Self.scenario([])
        scenario.gate = gate
        let failure = try await scenario.run { desk in
            let login = Task { await Scenario.failure { _ = try await desk.login() } }
            try await gate.waitUntilHeld()
            login.cancel()
            let failure = await login.value
            gate.open()
            return failure
        }
        #expect(failure?.kind == .cancelled)
    }

    @Test("are not asked for with never")
    func never() async throws {
        try await Self.scenario([], .never).run { desk in
            _ = try await desk.login()
            #expect(desk.requests(for: "/emails").isEmpty)
        }
    }
}
