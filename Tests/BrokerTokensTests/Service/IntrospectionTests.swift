import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Introspection")
struct IntrospectionTests {
    @Test("The resource server and the client learn what the token says")
    func active() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        for asking in [TokenBench.audience, "web"] {
            let answer = try await bench.service.introspect(issued.accessToken, by: bench.client(asking))
            let json = try #require(try JSONReader().read(answer.json).object)
            #expect(answer.isActive && json["active"]?.bool == true)
            #expect(json["sub"]?.string == issued.account.description && json["client_id"]?.string == "web")
            #expect(json["scope"]?.string == "openid profile" && json["aud"]?.string == TokenBench.audience)
            #expect(
                json["exp"]?.int64 == bench.clock.date.wholeSeconds + 600 && json["iss"]?.string == TokenBench.issuer)
        }
    }

    @Test("All others learn nothing, not even the reason")
    func inactive() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        var tokens = [
            (issued.accessToken, "shop"), (try #require(issued.idToken), "web"),
            (try #require(issued.refreshToken), "shop"), (try #require(issued.refreshToken), TokenBench.audience),
            (Secret(""), "web"), (Secret("x.y.z"), "web"),
        ]
        bench.clock.advance(by: .seconds(1))
        let revoked = try await bench.signIn()
        try await bench.service.revoke(revoked.accessToken, for: bench.client())
        tokens.append((revoked.accessToken, "web"))
        for (token, asking) in tokens {
            let answer = try await bench.service.introspect(token, by: bench.client(asking))
            #expect(answer == .inactive && String(decoding: answer.json, as: UTF8.self) == #"{"active":false}"#)
        }
    }

    @Test("A client may introspect tokens for its own audiences, and no others")
    func standingFor() async throws {
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        func api(_ id: String, _ audiences: Set<String>) throws -> TokenClient {
            try TokenClient(id: id, authentication: secret, grants: [], audiences: [], introspects: audiences)
        }
        let bench = try await TokenBench(
            clients: TokenBench.clients() + [
                api("notes-api", [TokenBench.audience, "unused"]), api("files-api", ["https://files.example.com"]),
            ])
        let (one, both) = (
            try await bench.signIn(),
            try await bench.signIn("wide", audiences: [TokenBench.audience, "https://files.example.com"])
        )
        for (token, asking, isActive) in [
            (one, "notes-api", true), (one, "files-api", false), (both, "notes-api", true), (both, "files-api", true),
        ] {
            let answer = try await bench.service.introspect(token.accessToken, by: bench.client(asking))
            #expect(answer.isActive == isActive)
        }
    }

    @Test("A client's own refresh token is active while usable, and another's never")
    func refreshToken() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let first = try #require(issued.refreshToken)
        func introspect(_ token: Secret) async throws -> JSONObject? {
            try JSONReader().read(await bench.service.introspect(token, by: bench.client()).json).object
        }
        let json = try #require(try await introspect(first))
        #expect(json["active"]?.bool == true && json["sub"]?.string == issued.account.description)
        #expect(json["client_id"]?.string == "web" && json["scope"]?.string == "openid profile")
        #expect(json["exp"]?.int64 == bench.clock.date.wholeSeconds + 30 * 86_400 && json["token_type"] == nil)

        let second = try #require(try await bench.refresh(first).refreshToken)
        #expect(try await introspect(first)?["active"]?.bool == false)
        #expect(try await introspect(second)?["active"]?.bool == true)
        #expect(try await !bench.grant(of: issued).grant.isRevoked, "asking is no use of a token")
        bench.broker.setEnabled(false, for: TokenBench.provider)
        #expect(try await introspect(second)?["active"]?.bool == false)
        bench.broker.setEnabled(true, for: TokenBench.provider)
        #expect(try await introspect(second)?["active"]?.bool == true)
        bench.clock.advance(by: .seconds(30 * 86_400))
        #expect(try await introspect(second)?["active"]?.bool == false)
    }

    @Test("A token is inactive in the second in which it expires (RFC 7662 §4)")
    func expiry() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        bench.clock.advance(by: .seconds(599))
        #expect(try await bench.isActive(issued.accessToken))
        bench.clock.advance(by: .seconds(1))
        #expect(try await !bench.isActive(issued.accessToken))
    }

    @Test("A token from slightly in the future is accepted, as another replica may issue, but not from far ahead")
    func fromAhead() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        bench.clock.shiftDate(by: .seconds(-600))
        #expect(try await bench.isActive(issued.accessToken))
        bench.clock.shiftDate(by: .seconds(-1))
        #expect(try await !bench.isActive(issued.accessToken), "it would live longer than any token may")
    }

    @Test("A token signed with a withdrawn key is inactive, and shows no claims")
    func withdrawn() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        _ = try await bench.keys.withdraw()
        #expect(try await !bench.isActive(issued.accessToken))
        let error = try await refusal { try await bench.service.userInfo(issued.accessToken) }
        #expect(error.code == .invalidToken)
        // No one is signed out.
        let fresh = try await bench.refresh(issued.refreshToken)
        #expect(try await bench.isActive(fresh.accessToken))
    }

    @Test("A token is inactive once it has expired, its client is gone, or its client may not use its provider")
    func ended() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let resourceServer = try bench.client(TokenBench.audience)
        func isActive() async throws -> Bool {
            try await bench.service.introspect(issued.accessToken, by: resourceServer).isActive
        }
        try bench.service.replaceClients(with: ClientDirectory())
        #expect(try await !isActive())
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), audiences: [TokenBench.audience],
            providers: ["wechat"])
        try bench.service.replaceClients(with: ClientDirectory([client]))
        #expect(try await !isActive())
        try bench.service.replaceClients(with: ClientDirectory(TokenBench.clients()))
        #expect(try await isActive())
        bench.clock.advance(by: .seconds(660))
        #expect(try await !isActive())
    }

    @Test("A client without a secret may not ask")
    func publicClient() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn("app")
        let error = try await refusal {
            try await bench.service.introspect(issued.accessToken, by: bench.client("app"))
        }
        #expect(error.code == .invalidClient)
        #expect(bench.events(.introspect).map(\.failure) == ["invalid_client"])
    }

    @Test("A token that names another's grant is inactive, even with a genuine signature")
    func mismatch() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let token = try await bench.accessToken(issued)
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        var claims = forge.claims
        claims["sid"] = .string(try #require(token.grant).canonical)
        claims["sub"] = .string(token.subject)
        #expect(try await bench.isActive(Secret(forge.token(claims))), "these are the grant's own")
        for (name, value) in [("sub", UUID().canonical), ("client_id", "shop"), ("sid", UUID().canonical)] {
            var changed = claims
            changed[name] = .string(value)
            #expect(try await !bench.isActive(Secret(forge.token(changed))), "\(name)")
        }
    }
}
