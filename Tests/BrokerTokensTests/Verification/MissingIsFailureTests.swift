import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Whatever is missing, the result is a failure (CVE-2023-27490)")
struct MissingIsFailureTests {
    private let clock = TestClock()
    private let forge: Forge
    private let verifier: AccessTokenVerifier

    init() throws {
        forge = Forge(key: try .generate(for: .es256), now: clock.date)
        verifier = try forge.verifier(by: clock)
    }

    @Test("The unmodified token of these tests is valid")
    func wholeToken() async throws {
        #expect(try await verifier.verify(forge.token(), audience: TokenBench.audience).scopes == ["openid"])
    }

    @Test(
        "A token with a missing or empty claim is refused",
        arguments: ["iss", "sub", "aud", "exp", "iat", "client_id", "jti", "sid", "auth_time"])
    func claims(name: String) async throws {
        let substitutes: [JSONValue?] = [
            nil, .null, "", .array([]), .array([""]), .array([.null]), .object([:]), .bool(true), .double(1.5),
            .integer(-1), .integer(Int64.max),
        ]
        for substitute in substitutes {
            var claims = forge.claims
            claims[name] = substitute
            try await expect(
                .malformedClaims, forge.token(claims), verifier, "\(name): \(String(describing: substitute))")
        }
    }

    @Test(
        "A token with a missing or empty header parameter is refused",
        arguments: ["typ", "alg", "kid"])
    func header(name: String) async throws {
        for substitute: JSONValue? in [nil, .null, .array([]), .integer(1)] {
            var header = forge.header()
            header[name] = substitute
            try await expect(.wrongHeader, forge.token(header: header), verifier)
        }
    }

    @Test(
        "A header with unknown parameters is refused",
        arguments: ["crit", "jku", "jwk", "x5u", "x5c", "cty", "enc", "zip", "b64", "p2c", "anything"])
    func surplus(name: String) async throws {
        var header = forge.header()
        header[name] = "x"
        try await expect(.wrongHeader, forge.token(header: header), verifier)
    }

    @Test("A scope that is not a string is refused, and an absent one is empty")
    func scope() async throws {
        var claims = forge.claims
        claims["scope"] = .array(["openid"])
        try await expect(.malformedClaims, forge.token(claims), verifier)
        claims["scope"] = nil
        #expect(try await verifier.verify(forge.token(claims), audience: TokenBench.audience).scopes == [])
    }

    @Test("A duplicate claim is refused")
    func duplicate() async throws {
        let payload = String(decoding: try json(forge.claims), as: UTF8.self).dropFirst()
        let token = try forge.token(forge.header(), payload: Data("{\"sub\":\"root\",\(payload)".utf8)) {
            try forge.key.signature(for: $0)
        }
        try await expect(.malformedClaims, token, verifier)
    }

    @Test("An unknown key is refused")
    func unknownKey() async throws {
        var header = forge.header()
        header["kid"] = .string(String(forge.key.id.reversed()))
        try await expect(.unknownKey, forge.token(header: header), verifier)
    }

    @Test("A token of another issuer or for another audience is refused", arguments: ["iss", "aud"])
    func otherParties(name: String) async throws {
        for other in [
            "https://id.example.org", TokenBench.issuer + "/", "https://api.example.com/", "HTTPS://id.example.com",
        ] {
            var claims = forge.claims
            claims[name] = .string(other)
            try await expect(name == "iss" ? .wrongIssuer : .wrongAudience, forge.token(claims), verifier)
        }
    }

    @Test("A token is valid from a minute before its issue until a minute after its expiry, and not a second longer")
    func times() async throws {
        let issued = Int64(forge.now.timeIntervalSince1970)
        let cases: [(iat: Int64, exp: Int64, nbf: Int64?, fault: TokenFault?)] = [
            (issued, issued + 1, nil, nil), (issued + 60, issued + 600, nil, nil),
            (issued + 61, issued + 600, nil, .notYetValid), (issued - 600, issued - 59, nil, nil),
            (issued - 600, issued - 60, nil, .expired), (issued - 600, 0, nil, .expired),
            (issued + 10, issued + 5, nil, .notYetValid), (issued, issued + 600, issued + 60, nil),
            (issued, issued + 600, issued + 61, .notYetValid),
        ]
        for (iat, exp, nbf, fault) in cases {
            var claims = forge.claims
            claims["iat"] = .integer(iat)
            claims["exp"] = .integer(exp)
            claims["nbf"] = nbf.map(JSONValue.integer)
            if let fault {
                try await expect(fault, forge.token(claims), verifier)
            } else {
                #expect(try await verifier.verify(forge.token(claims), audience: TokenBench.audience).client == "web")
            }
        }
    }

    @Test("A skew is at most a minute, and never negative", arguments: [-5, 0, 61, 86_400])
    func skew(seconds: Int) async throws {
        let verifier = try AccessTokenVerifier(
            issuer: TokenBench.issuer, jwks: keySet(of: [forge.key]),
            clock: BrokerClock(clock, now: clock.wallClock), skew: .seconds(seconds))
        let token = try forge.token()
        clock.advance(by: .seconds(600 + (seconds > 0 ? 59 : -1)))
        #expect(try await verifier.verify(token, audience: TokenBench.audience).client == "web")
        clock.advance(by: .seconds(1))
        try await expect(.expired, token, verifier)
    }
}
