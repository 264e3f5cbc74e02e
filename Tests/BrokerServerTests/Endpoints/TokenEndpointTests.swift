import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The token endpoint")
struct TokenEndpointTests {
    @Test("A ticket is exchanged for tokens that are not cached")
    func exchange() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.exchange()
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.pragma] == "no-cache")
        #expect(answer["token_type"] == "Bearer")
        #expect(answer["issued_token_type"] == "urn:ietf:params:oauth:token-type:access_token")
        #expect(answer["scope"] == "openid profile email")
        #expect(answer.json["expires_in"] as? Int == 600)
        let verifier = AccessTokenVerifier(
            issuer: ServiceBench.issuer, keys: bench.keys, clock: BrokerClock(bench.clock, now: bench.clock.wallClock))
        let token = try await verifier.verify(try #require(answer["access_token"]), audience: ServiceBench.api)
        #expect(token.client == "app")
        #expect(answer["id_token"] != nil)
        #expect(answer["refresh_token"] != nil)
    }

    @Test("A provider that accepts ID tokens gets them by their registered type")
    func idToken() async throws {
        let bench = try await ServiceBench()
        let type = "urn:ietf:params:oauth:token-type:id_token"
        let answer = try await bench.post(
            "/oauth2/token", .exchange().replacing("subject_token_type", type), as: "app:\(ServiceBench.secret)")
        #expect(answer.status == 200)
        let metadata = try await bench.send(.get, "/.well-known/oauth-authorization-server")
        #expect(
            metadata.json["subject_token_types_supported"] as? [String] == [
                "urn:identity-broker:token-type:ticket", type,
            ])
        #expect(
            metadata.json["grant_types_supported"] as? [String] == [
                "urn:ietf:params:oauth:grant-type:token-exchange", "refresh_token",
            ])
    }

    @Test("A type that the provider does not accept is refused with the accepted ones, and spends nothing")
    func unacceptedType() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post(
            "/oauth2/token",
            .exchange().replacing("subject_token_type", "urn:identity-broker:token-type:code"),
            as: "app:\(ServiceBench.secret)")
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
        #expect(answer["error_description"]?.contains("urn:ietf:params:oauth:token-type:id_token") == true)
        #expect(try await bench.exchange().status == 200)
    }

    @Test("A ticket works once, and the second attempt says so")
    func spent() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.exchange("alice.1").status == 200)
        let second = try await bench.exchange("alice.1")
        #expect(second.status == 400)
        #expect(second["error"] == "invalid_grant")
        #expect(second["kind"] == "credential_already_used")
    }

    @Test(
        "A form's charset has no effect",
        arguments: ["; charset=UTF-8", ";charset=utf-8", "; charset=\"utf-8\"", "; charset=iso-8859-1", " ; x=y", ";"])
    func charset(parameters: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post(
            "/oauth2/token", .exchange(), headers: [.contentType: "application/x-www-form-urlencoded\(parameters)"])
        #expect(answer.status == 200)
    }

    @Test("One person has one account, with any ticket and client")
    func account() async throws {
        let bench = try await ServiceBench()
        func account(_ ticket: String, as client: String) async throws -> String? {
            let token = try await bench.exchange(ticket, scope: "openid", as: client)["access_token"]
            let answer = try await bench.send(
                .get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(try #require(token))"])
            return answer["sub"]
        }
        let alice = try await account("alice.1", as: "app:\(ServiceBench.secret)")
        #expect(alice != nil)
        #expect(try await account("alice.2", as: "stranger:\(ServiceBench.secret)") == alice)
        #expect(try await account("bob.1", as: "app:\(ServiceBench.secret)") != alice)
    }

    @Test("A refresh token is exchanged for new tokens")
    func refresh() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["refresh_token"])
        let answer = try await bench.post(
            "/oauth2/token", [("grant_type", "refresh_token"), ("refresh_token", token)])
        #expect(answer.status == 200)
        #expect(answer["refresh_token"] != token)
        #expect(answer["issued_token_type"] == nil)
    }

    @Test(
        "A failed login becomes a standard error, with the broker's kind added",
        arguments: [
            ("invalid_credential", 400, "invalid_grant"), ("credential_expired", 400, "invalid_grant"),
            ("access_denied", 400, "invalid_grant"), ("interaction_required", 400, "invalid_grant"),
            ("cancelled_by_user", 400, "invalid_grant"), ("rate_limited", 429, "temporarily_unavailable"),
            ("upstream_unavailable", 503, "temporarily_unavailable"), ("timed_out", 503, "temporarily_unavailable"),
            ("upstream_misbehaved", 502, "server_error"), ("misconfigured", 500, "server_error"),
            ("internal_error", 500, "server_error"),
        ]
    )
    func failures(kind: String, status: Int, error: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.exchange("!\(kind).1")
        #expect(answer.status == status)
        #expect(answer["error"] == error)
        #expect(answer["kind"] == kind)
        #expect(answer["credential"] == bench.store.auditEvents.last?.credential)
        #expect(answer["access_token"] == nil)
        #expect(bench.store.auditEvents.last?.failure == kind)
        #expect(bench.store.auditEvents.last?.client == "app")
    }

    @Test("Retry-After is in whole seconds")
    func retryAfter() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.exchange("!rate_limited.1").headers[.retryAfter] == "7")
    }

    @Test("CVE-2026-1486, CVE-2026-3009: a disabled provider is refused everywhere")
    func disabledProvider() async throws {
        let bench = try await ServiceBench()
        let issued = try await bench.exchange()
        bench.broker.setEnabled(false, for: "tickets")
        let exchange = try await bench.exchange("alice.2")
        #expect((exchange.status, exchange["error"]) == (400, "invalid_grant"))
        let refresh = try await bench.post(
            "/oauth2/token",
            [("grant_type", "refresh_token"), ("refresh_token", try #require(issued["refresh_token"]))])
        #expect((refresh.status, refresh["error"]) == (503, "temporarily_unavailable"))
        let token = try #require(issued["access_token"])
        let introspection = try await bench.post("/oauth2/introspect", [("token", token)])
        #expect(introspection.json["active"] as? Bool == false)
        let userInfo = try await bench.send(.get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(token)"])
        #expect(userInfo.status == 401)
        #expect(try await bench.send(.get, "/providers/tickets/launch").status == 404)
        let list = try await bench.send(.get, "/providers")
        #expect(!list.text.contains("\"tickets\",\"launch\""))
    }
}
