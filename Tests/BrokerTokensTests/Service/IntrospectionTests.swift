import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Asking about a token")
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

    @Test("All others learn nothing, not even why")
    func inactive() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        var tokens = [
            (issued.accessToken, "shop"), (try #require(issued.idToken), "web"),
            (try #require(issued.refreshToken), "web"),
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
        #expect(error.code == .invalidClient && error.status == 401)
        #expect(bench.events(.introspect).map(\.failure) == ["invalid_client"])
    }

    @Test("A token whose claims name another's grant is inactive, though its signature is genuine")
    func mismatch() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let token = try await bench.accessToken(issued)
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        var claims = forge.claims
        claims["sid"] = .string(token.grant.canonical)
        claims["sub"] = .string(token.subject)
        #expect(try await bench.isActive(Secret(forge.token(claims))), "these are the grant's own")
        for (name, value) in [("sub", UUID().canonical), ("client_id", "shop"), ("sid", UUID().canonical)] {
            var changed = claims
            changed[name] = .string(value)
            #expect(try await !bench.isActive(Secret(forge.token(changed))), "\(name)")
        }
    }
}
