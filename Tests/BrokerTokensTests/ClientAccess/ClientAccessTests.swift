import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("A client's own access tokens (RFC 6749 §4.4)")
struct ClientAccessTests {
    private static let files = "https://files.example.com"

    /// `machine` and `wide` get tokens of their own, `web` does not, and the audience is the resource server.
    private static func clients(
        grants: Set<GrantType> = [.clientCredentials],
        audiences: [String] = [TokenBench.audience]
    ) throws -> [TokenClient] {
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        return [
            try TokenClient(id: "machine", authentication: secret, grants: grants, audiences: audiences),
            try TokenClient(
                id: "wide", authentication: secret, grants: [.clientCredentials],
                audiences: [TokenBench.audience, files]),
            try TokenClient(id: "web", authentication: secret, audiences: [TokenBench.audience]),
            try TokenClient(id: TokenBench.audience, authentication: secret, grants: [], audiences: []),
        ]
    }

    private func bench() async throws -> TokenBench { try await TokenBench(clients: Self.clients()) }

    private func issue(
        _ bench: TokenBench,
        as client: String = "machine",
        scope: String? = nil,
        audiences: [String] = []
    ) async throws -> IssuedClientToken {
        try await bench.service.issue(
            ClientCredentialsRequest(client: bench.client(client), scope: scope, audiences: audiences))
    }

    @Test("A client gets a token whose subject is itself, of no grant and no session")
    func token() async throws {
        let bench = try await bench()
        let issued = try await issue(bench)
        let token = try await bench.verifier.verify(issued.accessToken.reveal(), audience: TokenBench.audience)
        #expect(token.subject == "machine" && token.client == "machine" && token.scopes.isEmpty)
        #expect(token.grant == nil && token.authenticated == nil)
        #expect(token.expiry == bench.clock.date + TokenLifetimes.standard.accessToken)
        #expect(issued.expiresIn == TokenLifetimes.standard.accessToken)
        #expect(try await bench.grants.isEmpty)
        #expect(bench.events(.clientCredentials).map(\.client) == ["machine"])
        #expect(bench.events(.clientCredentials).map(\.subject) == [nil])
        #expect(bench.events(.clientCredentials).map(\.failure) == [nil])
    }

    @Test(
        "All scopes are about people, so it has none",
        arguments: [
            ("openid", false), ("profile email", false), ("admin", false), ("offline_access", false), ("", true),
        ])
    func scopes(scope: String, isIssued: Bool) async throws {
        let bench = try await bench()
        if isIssued {
            _ = try await issue(bench, scope: scope)
        } else {
            #expect(try await refusal { try await issue(bench, scope: scope) }.code == .invalidScope)
        }
    }

    @Test("A client with several audiences names one, and no client gets another's")
    func audiences() async throws {
        let bench = try await bench()
        #expect(try await refusal { try await issue(bench, as: "wide") }.code == .invalidTarget)
        #expect(try await refusal { try await issue(bench, audiences: [Self.files]) }.code == .invalidTarget)
        let issued = try await issue(bench, as: "wide", audiences: [Self.files])
        let token = try await bench.verifier.verify(issued.accessToken.reveal(), audience: Self.files)
        #expect(token.audiences == [Self.files])
    }

    @Test("A client that may not gets none, and neither does one that was removed since it authenticated")
    func unauthorized() async throws {
        let bench = try await bench()
        #expect(try await refusal { try await issue(bench, as: "web") }.code == .unauthorizedClient)
        let client = try bench.client("machine")
        try bench.service.replaceClients(with: ClientDirectory([]))
        let error = try await refusal {
            try await bench.service.issue(ClientCredentialsRequest(client: client, scope: nil, audiences: []))
        }
        #expect(error.code == .invalidClient)
    }

    @Test("Its resource server and the client itself learn that it is active, and nobody else")
    func introspection() async throws {
        let bench = try await bench()
        let issued = try await issue(bench)
        for asker in [TokenBench.audience, "machine"] {
            let answer = try await bench.service.introspect(issued.accessToken, by: bench.client(asker))
            let members = try #require(JSONReader().read(Array(answer.json)).object)
            #expect(members["active"] == true && members["sub"] == "machine" && members["client_id"] == "machine")
            #expect(members["aud"] == .string(TokenBench.audience) && members["token_type"] == "Bearer")
            for absent in ["sid", "auth_time", "scope"] { #expect(members[absent] == nil) }
        }
        #expect(try await !bench.service.introspect(issued.accessToken, by: bench.client("web")).isActive)
        bench.clock.advance(by: TokenLifetimes.standard.accessToken)
        #expect(try await !bench.isActive(issued.accessToken))
    }

    @Test("Revoked by its client, it is inactive, and another of the same client stays active")
    func revocation() async throws {
        let bench = try await bench()
        let (first, second) = (try await issue(bench), try await issue(bench))
        let error = try await refusal { try await bench.service.revoke(first.accessToken, for: bench.client("web")) }
        #expect(error.code == .unauthorizedClient)
        #expect(try await bench.isActive(first.accessToken))
        // Revoking it again is no error.
        for _ in 1...2 { try await bench.service.revoke(first.accessToken, for: bench.client("machine")) }
        #expect(try await !bench.isActive(first.accessToken))
        #expect(try await bench.isActive(second.accessToken))
        #expect(bench.events(.revoke).filter { $0.failure == nil }.map(\.client) == ["machine"])
    }

    @Test("Userinfo refuses it: it is no person's")
    func userInfo() async throws {
        let bench = try await bench()
        let issued = try await issue(bench)
        let error = try await refusal { try await bench.service.userInfo(issued.accessToken) }
        #expect(error.code == .invalidToken)
        #expect(bench.events(.userInfo).map(\.client) == ["machine"])
    }

    @Test("It is inactive once its client would not get it any more")
    func changedClient() async throws {
        let changes = [
            [], try Self.clients(grants: [.tokenExchange]), try Self.clients(audiences: [Self.files]),
        ]
        for clients in changes {
            let bench = try await bench()
            let issued = try await issue(bench)
            let asker = try bench.client(TokenBench.audience)
            try bench.service.replaceClients(with: ClientDirectory(clients))
            #expect(try await !bench.service.introspect(issued.accessToken, by: asker).isActive)
        }
    }

    @Test("What is between a person's token and a client's own is refused")
    func between() async throws {
        let bench = try await bench()
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        var own = forge.claims
        for name in ["sid", "auth_time", "scope"] { own[name] = nil }
        own["sub"] = "web"
        #expect(try await bench.verifier.verify(forge.token(own), audience: TokenBench.audience).grant == nil)
        var (ofPerson, withSession, withTime) = (own, own, own)
        ofPerson["sub"] = forge.claims["sub"]
        withSession["sid"] = forge.claims["sid"]
        withTime["auth_time"] = forge.claims["auth_time"]
        for claims in [ofPerson, withSession, withTime] {
            let text = try forge.token(claims)
            let error = try await refusal { try await bench.verifier.verify(text, audience: TokenBench.audience) }
            #expect(error.message.contains("a claim that it must have"))
        }
    }

    @Test("If its event cannot be written, there is no token")
    func unrecorded() async throws {
        let bench = try await bench()
        bench.store.fail(.append)
        let error = try await refusal { try await issue(bench) }
        #expect(error.code == .temporarilyUnavailable)
    }
}
