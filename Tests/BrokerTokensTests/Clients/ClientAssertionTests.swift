import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Clients that authenticate with a signed assertion (RFC 7523)")
struct ClientAssertionTests {
    private struct Bench {
        let login: LoginBench
        let key: SigningKey

        init() async throws {
            let key = try SigningKey.generate(for: .es256)
            let client = try TokenClient(
                id: "bank", authentication: .keys([try #require(key.publicKey)]), grants: [.authorizationCode],
                audiences: [TokenBench.audience],
                authorization: AuthorizationSettings(redirectURIs: [RequestBench.redirectURI]))
            login = try await LoginBench(clients: [client] + RequestBench.clients())
            self.key = key
        }

        var now: Int64 { login.clock.date.wholeSeconds }

        /// An assertion that is valid as it stands, with some claims changed; null leaves one out.
        func assertion(
            _ changes: JSONObject = [:],
            header: [String: String] = [:],
            signedWith other: SigningKey? = nil
        ) throws -> Secret {
            var claims: JSONObject = [
                "iss": "bank", "sub": "bank", "aud": .string(TokenBench.issuer), "jti": .string(UUID().canonical),
                "iat": .integer(now), "exp": .integer(now + 60),
            ]
            for change in changes { claims[change.name] = change.value.isNull ? nil : change.value }
            return Secret(try CompactJWS.sign(claims.jsonBytes, header: header, with: other ?? key))
        }

        func authenticate(_ assertion: Secret, id: String? = nil) async throws -> AuthenticatedClient {
            try await login.service.authenticate(id, assertion: assertion)
        }
    }

    @Test("An assertion authenticates its client, with or without client_id, and redeems a code")
    func valid() async throws {
        let bench = try await Bench()
        #expect(try await bench.authenticate(bench.assertion()).client.id == "bank")
        let client = try await bench.authenticate(bench.assertion(), id: "bank")
        let code = try await BrowserDouble(bench.login).code("bank")
        _ = try await bench.login.service.redeem(
            CodeRequest(
                client: client, code: Secret(code), redirectURI: RequestBench.redirectURI,
                verifier: RequestBench.verifier))
    }

    @Test("It is good once, at whatever endpoint")
    func once() async throws {
        let bench = try await Bench()
        let assertion = try bench.assertion()
        _ = try await bench.authenticate(assertion)
        let error = try await refusal { try await bench.authenticate(assertion) }
        #expect(error.code == .invalidClient)
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            let assertion = try bench.assertion()
            for _ in 0..<100 {
                group.addTask { (try? await bench.authenticate(assertion)) != nil }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(results == 1)
    }

    @Test(
        "Clocks may be half a minute apart",
        arguments: [
            ("exp", -29, true), ("exp", -30, false), ("exp", -300, false), ("exp", 629, true), ("exp", 631, false),
            ("nbf", 8, true), ("nbf", 30, true), ("nbf", 31, false), ("nbf", 60, false),
            ("iat", 30, true), ("iat", 31, false), ("iat", -500, true),
        ])
    func times(claim: String, offset: Int64, isGood: Bool) async throws {
        let bench = try await Bench()
        let assertion = try bench.assertion([claim: .integer(bench.now + offset)])
        let client = try? await bench.authenticate(assertion)
        #expect((client != nil) == isGood)
    }

    @Test(
        "Each claim has to be right",
        arguments: [
            ["aud": [.string(TokenBench.issuer)]], ["aud": .string(TokenBench.issuer + "/oauth2/token")],
            ["aud": .string(TokenBench.issuer + "/")], ["aud": "https://other.example"], ["aud": .null],
            ["iss": "web"], ["sub": "web"], ["iss": .null], ["sub": .null], ["jti": .null], ["jti": ""], ["jti": 1],
            ["jti": .string(String(repeating: "x", count: 256))], ["exp": .null], ["exp": "soon"], ["nbf": "soon"],
            ["iat": "soon"], ["iss": "absent", "sub": "absent"],
        ] as [JSONObject])
    func claims(changes: JSONObject) async throws {
        let bench = try await Bench()
        let assertion = try bench.assertion(changes)
        #expect(try await refusal { try await bench.authenticate(assertion) }.code == .invalidClient)
    }

    @Test("Only the client's own key proves it, by an algorithm of the key")
    func keys() async throws {
        let bench = try await Bench()
        let other = try SigningKey.generate(for: .es256)
        let publicKey = try #require(bench.key.publicKey)
        let bad = [
            try bench.assertion(signedWith: other),
            try bench.assertion(header: ["kid": publicKey.thumbprint], signedWith: other),
            try bench.assertion(signedWith: SigningKey(.hs256, representation: Array(publicKey.thumbprint.utf8))),
            try bench.assertion(header: ["crit": "x"]),
            Secret("e30.e30."), Secret("x"), Secret(""),
        ]
        for assertion in bad {
            #expect(try await refusal { try await bench.authenticate(assertion) }.code == .invalidClient)
        }
        _ = try await bench.authenticate(bench.assertion(header: ["kid": publicKey.thumbprint]))
    }

    @Test("A client with keys has no other way in, and a client without them not this one")
    func noOther() async throws {
        let bench = try await Bench()
        let service = bench.login.service
        for secret in [nil, Secret(""), Secret(TokenBench.secret)] {
            #expect(try await refusal { try await service.authenticate("bank", secret: secret) }.code == .invalidClient)
        }
        for id in ["web", "spa"] {
            let assertion = try bench.assertion(["iss": .string(id), "sub": .string(id)])
            #expect(try await refusal { try await bench.authenticate(assertion) }.code == .invalidClient)
        }
        let assertion = try bench.assertion()
        #expect(try await refusal { try await bench.authenticate(assertion, id: "web") }.code == .invalidClient)
        #expect(try #require(service.clients["bank"]).isConfidential)
    }

    @Test("A refused assertion is not remembered, so nothing of a stranger's is kept")
    func nothingKept() async throws {
        let bench = try await Bench()
        let assertion = try bench.assertion(signedWith: SigningKey.generate(for: .es256))
        _ = try await refusal { try await bench.authenticate(assertion) }
        #expect(try await bench.login.records(PresentedAssertion.self).isEmpty)
    }

    @Test("A client whose key is replaced after it authenticated gets nothing more")
    func replaced() async throws {
        let bench = try await Bench()
        let client = try await bench.authenticate(bench.assertion())
        _ = try bench.login.service.clients.current(client)
        let other = try TokenClient(
            id: "bank", authentication: .keys([try #require(SigningKey.generate(for: .es256).publicKey)]),
            grants: [], audiences: [])
        let refusal = #expect(throws: OAuthError.self) { try ClientDirectory([other]).current(client) }
        #expect(refusal?.code == .invalidClient)
    }

    @Test("Keys are 1 to 8, each of which verifies something")
    func settings() throws {
        let key = try #require(SigningKey.generate(for: .es256).publicKey)
        func make(_ keys: [JSONWebKey]) throws {
            _ = try TokenClient(id: "bank", authentication: .keys(keys), audiences: ["a"])
        }
        #expect(throws: Never.self) { try make([key]) }
        let off = JSONWebKey(
            .ellipticCurve(.p256, x: Array(repeating: 1, count: 32), y: Array(repeating: 1, count: 32)), for: .es256)
        for keys in [[], Array(repeating: key, count: 9), [off], [key, key]] {
            let error = #expect(throws: BrokerError.self) { try make(keys) }
            #expect(error?.kind == .misconfigured)
        }
    }
}
