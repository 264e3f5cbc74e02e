import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The audit log of the token service")
struct RecordTests {
    @Test("No token, secret, ticket or claim appears in a log, an event, an error or a grant")
    func secrecy() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: "openid profile email phone address")
        let renewed = try await bench.refresh(issued.refreshToken)
        var errors: [OAuthError] = []
        for token in [issued.accessToken, try #require(issued.idToken), Secret("canary-token")] {
            errors.append(try await refusal { try await bench.refresh(token) })
        }
        errors.append(try await refusal { try await bench.service.userInfo(#require(renewed.refreshToken)) })
        errors.append(
            try await refusal { try await bench.service.authenticate("web", secret: Secret("canary-secret")) })
        errors.append(try await refusal { try await bench.service.authenticate("canary-client", secret: nil) })
        try await bench.service.revoke(renewed.accessToken, for: bench.client())

        let events = String(decoding: try json(bench.store.memory.auditEvents), as: UTF8.self)
        let stored = try await bench.grant(of: issued).record.stored()
        let grant = String(decoding: stored.body, as: UTF8.self)
        let texts = [bench.log.text, events, "\(errors)", "\(stored) \(grant)", "\(issued)", "\(renewed)"]
        let tokens = [issued, renewed].flatMap { [$0.accessToken, $0.idToken, $0.refreshToken] }.compactMap {
            $0?.reveal()
        }
        // Each part of a signed token, and the part of a refresh token after the grant's id.
        let parts = tokens.flatMap { $0.split(separator: ".") }.map(String.init).filter { $0.utf8.count > 36 }
        let secrets =
            parts + [TokenBench.secret, "canary", "ticket-1", "Ada Lovelace", "ada@example.com", "+442079460000"]
        for text in texts {
            for secret in secrets {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
    }

    @Test("A client that failed to authenticate is recorded by its id if it exists, and otherwise without")
    func authentication() async throws {
        let bench = try await TokenBench()
        for id in ["web", "nobody", nil] {
            _ = try await refusal { try await bench.service.authenticate(id, secret: Secret("wrong")) }
        }
        #expect(bench.events(.clientAuthentication).map(\.client) == ["web", nil, nil])
        #expect(bench.events(.clientAuthentication).map(\.failure) == Array(repeating: "invalid_client", count: 3))
        _ = try await bench.service.authenticate("web", secret: Secret(TokenBench.secret))
        #expect(bench.events(.clientAuthentication).count == 3)
    }

    @Test("A refusal decided elsewhere is recorded like the service's own")
    func elsewhere() async throws {
        let bench = try await TokenBench()
        let error = OAuthError(.unsupportedGrantType, "No such grant type.")
        try await bench.service.recordRefusal(error, of: .tokenExchange, client: "web")
        let event = try #require(bench.events(.tokenExchange).first)
        #expect(event.failure == "unsupported_grant_type" && event.client == "web" && event.began == bench.clock.date)
        bench.store.fail(.append)
        let failure = try await refusal { try await bench.service.recordRefusal(error, of: .tokenExchange) }
        #expect(failure.code == .temporarilyUnavailable)
    }

    @Test("Refusals of strangers are sampled by address, and none is lost")
    func strangers() async throws {
        let bench = try await TokenBench()
        let callers = [CallerKey("192.0.2.1"), CallerKey("192.0.2.2")]
        for number in 0..<200 {
            let caller = callers[number % 2]
            _ = try await RefusalSource.$caller.withValue(caller) {
                try await refusal { try await bench.service.userInfo(Secret("made-up")) }
            }
        }
        #expect(bench.events(.userInfo).count == 10)
        #expect(bench.events(.userInfo).flatMap(\.notices).isEmpty)
        bench.clock.advance(by: .seconds(1))
        _ = try await RefusalSource.$caller.withValue(callers[0]) {
            try await refusal { try await bench.service.userInfo(Secret("made-up")) }
        }
        #expect(bench.events(.userInfo).last?.notices == ["stands_for:96"])
        try await bench.service.recordCountedRefusals()
        #expect(bench.events(.userInfo).count == 12)
        #expect(bench.events(.userInfo).last?.notices == ["stands_for:95"])
        #expect(bench.events(.userInfo).last?.failure == "invalid_token")
        try await bench.service.recordCountedRefusals()
        #expect(bench.events(.userInfo).count == 12)
    }

    @Test("A wrong secret and a public client's made-up token prove nothing, and are sampled too")
    func unproven() async throws {
        let bench = try await TokenBench()
        for _ in 0..<20 {
            _ = try await refusal { try await bench.service.authenticate("web", secret: Secret("wrong")) }
            _ = try await refusal { try await bench.refresh(Secret("made-up"), as: "app") }
        }
        #expect(bench.events(.clientAuthentication).map(\.client) == Array(repeating: "web", count: 5))
        #expect(bench.events(.refresh).map(\.client) == Array(repeating: "app", count: 5))
    }

    @Test("A made-up token that names the grant of a public client proves nothing either")
    func namedGrant() async throws {
        let bench = try await TokenBench()
        let grant = try await bench.grantID(of: bench.signIn("app"))
        for _ in 0..<20 {
            let token = RefreshToken.first(of: grant, .system).text
            #expect(try await refusal { try await bench.refresh(token, as: "app") }.code == .invalidGrant)
        }
        #expect(bench.events(.refresh).count == 5)
        bench.clock.advance(by: .seconds(1))
        try await bench.service.recordCountedRefusals()
        #expect(bench.events(.refresh).last?.notices == ["stands_for:15"])
    }

    @Test("Counted refusals that the store did not accept stay counted")
    func failingStore() async throws {
        let bench = try await TokenBench()
        for _ in 0..<20 {
            _ = try await refusal { try await bench.service.authenticate("web", secret: Secret("wrong")) }
            _ = try await refusal { try await bench.service.userInfo(Secret("made-up")) }
        }
        bench.clock.advance(by: .seconds(1))
        bench.store.fail(.append)
        let failures = [
            try await refusal { try await bench.service.recordCountedRefusals() },
            try await refusal { try await bench.service.userInfo(Secret("made-up")) },
        ]
        #expect(failures.map(\.code) == [.temporarilyUnavailable, .temporarilyUnavailable])
        bench.store.recover()
        bench.clock.advance(by: .seconds(1))
        try await bench.service.recordCountedRefusals()
        for action in [AuditAction.clientAuthentication, .userInfo] {
            #expect(bench.events(action).map(\.notices) == Array(repeating: [], count: 5) + [["stands_for:15"]])
        }
    }

    @Test("Each refusal of an authenticated client is recorded")
    func known() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn("app")
        for _ in 0..<20 {
            _ = try await refusal { try await bench.refresh(Secret("made-up")) }
            _ = try await refusal { try await bench.service.revoke(issued.accessToken, for: bench.client()) }
            _ = try await refusal { try await bench.refresh(issued.refreshToken, as: "web") }
            try await bench.service.recordRefusal(
                OAuthError(.invalidRequest, "No."), of: .tokenExchange, client: "web")
        }
        #expect(bench.events(.refresh).count == 40)
        #expect(bench.events(.revoke).count == 20)
        #expect(bench.events(.tokenExchange).count == 20)
        #expect(bench.store.memory.auditEvents.flatMap(\.notices).isEmpty)
    }
}
