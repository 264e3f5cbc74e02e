import Foundation
import IdentityBroker
import JOSE
import OpenIDConnectProvider
import StrictJSON
import Testing

/// A fault in an ID token that came with a redirect, after the module of the conformance suite or the CVE that it is in.
struct TokenFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let behavior: Behavior

    init(_ name: String, _ change: (inout Behavior) -> Void) {
        testDescription = name
        var behavior = Behavior()
        change(&behavior)
        self.behavior = behavior
    }

    /// A fault in one claim.
    static func claim(_ name: String, _ claim: String, _ value: JSONValue?) -> TokenFault {
        TokenFault(name) { $0.claims = { $0[claim] = value } }
    }

    private static let now = OpenIDProviderDouble.now.timeIntervalSince1970

    static let claims: [TokenFault] = [
        claim("oidcc-client-test-invalid-iss", "iss", "https://another.example"),
        claim("no iss", "iss", nil),
        claim("oidcc-client-test-missing-sub", "sub", nil),
        claim("an empty sub", "sub", ""),
        claim("a sub that is a number", "sub", 7),
        claim("a sub of 256 characters", "sub", .string(String(repeating: "s", count: 256))),
        claim("oidcc-client-test-invalid-aud", "aud", "client-2"),
        claim("no aud: CVE-2026-40946", "aud", nil),
        claim("one aud for all clients: CVE-2026-44428", "aud", "https://api.example"),
        claim("an empty list of audiences, as of Canaille", "aud", []),
        claim("a list with something other than text", "aud", ["client-1", 7]),
        claim("our id in another case", "aud", "Client-1"),
        claim("several audiences without azp", "aud", ["client-1", "client-2"]),
        claim("azp of another client", "azp", "client-2"),
        claim("azp that is a list", "azp", ["client-1"]),
        claim("oidcc-client-test-missing-iat", "iat", nil),
        claim("iat in the future", "iat", .double(now + 31)),
        claim("iat more than a week ago", "iat", .double(now - 8 * 86_400)),
        claim("iat that is text", "iat", .string("\(now)")),
        claim("no exp", "exp", nil),
        claim("exp that is over", "exp", .double(now - 31)),
        claim("exp that is text", "exp", .string("\(now + 600)")),
        claim("nbf in the future", "nbf", .double(now + 31)),
        claim("nbf that is text", "nbf", "soon"),
        claim("nonce that is a number", "nonce", 7),
        claim("at_hash of another token", "at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
        claim("at_hash that is a number", "at_hash", 7),
        claim(
            "a logout token, by its events", "events",
            .object(["http://schemas.openid.net/event/backchannel-logout": [:]])),
        claim("c_hash of another code", "c_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
    ]

    static let signatures: [TokenFault] = [
        TokenFault("oidcc-client-test-invalid-sig") { $0.idToken = { "\($0.dropLast(4))AAAA" } },
        TokenFault("oidcc-client-test-idtoken-sig-none: CVE-2026-28802") {
            $0.idToken = { Behavior.token($0, header: ["alg": "none"], signature: []) }
        },
        TokenFault("alg None") { $0.idToken = { Behavior.token($0, header: ["alg": "None"], signature: []) } },
        TokenFault("alg nOnE") { $0.idToken = { Behavior.token($0, header: ["alg": "nOnE", "kid": "key-1"]) } },
        TokenFault("an alg that nobody knows: CVE-2026-28498") {
            $0.claims = { $0["at_hash"] = "AAAA" }
            $0.idToken = { Behavior.token($0, header: ["alg": "XX256", "kid": "key-1"]) }
        },
        TokenFault("an access token, by its type (RFC 8725 §3.11)") {
            $0.idToken = { token in
                try Behavior.token(
                    token, header: ["alg": "ES256", "kid": "key-1", "typ": "at+jwt"], signedWith: TestKeys.ec.get())
            }
        },
        TokenFault("an access token of Keycloak's, by its claim") { $0.claims = { $0["typ"] = "Bearer" } },
        TokenFault("a type that is not text") {
            $0.idToken = { token in
                try Behavior.token(
                    token, header: ["alg": "ES256", "kid": "key-1", "typ": 7], signedWith: TestKeys.ec.get())
            }
        },
        TokenFault("alg null") { $0.idToken = { Behavior.token($0, header: ["alg": .null, "kid": "key-1"]) } },
        TokenFault("the header brings its key (jwk): CVE-2026-27962") {
            $0.idToken = { token in
                let key = try TestKeys.otherEC.get()
                let set = try JSONReader().read(TestKeys.published(key, as: "key-9").utf8)
                return try Behavior.token(
                    token, header: ["alg": "ES256", "jwk": set["keys"]?.array?.first ?? .null], signedWith: key)
            }
        },
        TokenFault("the header says where its key is (jku, x5u)") {
            $0.idToken = { token in
                try Behavior.token(
                    token,
                    header: ["alg": "ES256", "jku": "https://evil.example/keys", "x5u": "https://evil.example/cert"],
                    signedWith: TestKeys.otherEC.get())
            }
        },
        TokenFault("a critical extension: CVE-2025-59420") {
            $0.idToken = { token in
                try Behavior.token(
                    token, header: ["alg": "ES256", "kid": "key-1", "crit": ["b64"], "b64": true],
                    signedWith: TestKeys.ec.get())
            }
        },
        TokenFault("HS256 with the public key as its secret") {
            $0.idToken = { token in
                let secret = try TestKeys.published(TestKeys.ec.get(), as: "key-1")
                return try Behavior.token(
                    token, header: ["alg": "HS256", "kid": "key-1"],
                    signedWith: SigningKey(.hs256, representation: Array(secret.utf8)))
            }
        },
        TokenFault("HS256 with the client's secret, which no setting allows") {
            $0.idToken = { token in
                try Behavior.token(
                    token, header: ["alg": "HS256"],
                    signedWith: SigningKey(.hs256, representation: Array(Scenario.secret.utf8)))
            }
        },
        TokenFault("a key that the provider does not have") {
            $0.key = TestKeys.otherEC; $0.keySet = published
        },
        TokenFault("a key under a name that it does not have") {
            $0.keyID = "key-2"
            $0.keySet = published
        },
        TokenFault("an algorithm that the discovery document does not name") {
            $0.document = { document, _ in document["id_token_signing_alg_values_supported"] = ["RS256"] }
        },
        TokenFault("a key for encryption") {
            $0.keySet = { try published().replacing(#""use":"sig""#, with: #""use":"enc""#) }
        },
        TokenFault("a key for another issuer") {
            $0.keySet = {
                try published().replacing(#""use":"sig""#, with: #""issuer":"https://other.example","use":"sig""#)
            }
        },
    ]

    static let forms: [TokenFault] = [
        TokenFault("two parts") { $0.idToken = { $0.split(separator: ".").prefix(2).joined(separator: ".") } },
        TokenFault("five parts, as of an encrypted token") { $0.idToken = { "\($0).AAAA.AAAA" } },
        TokenFault("ten thousand parts") { $0.idToken = { _ in String(repeating: "e30.", count: 10_000) } },
        TokenFault("the JSON serialization") { $0.idToken = { #"{"payload":"\#($0)","signatures":[]}"# } },
        TokenFault("no text at all") { $0.tokens = { $0["id_token"] = ["sub": "person-1"] } },
        TokenFault("no ID token") { $0.tokens = { $0["id_token"] = nil } },
        TokenFault("no access token") { $0.tokens = { $0["access_token"] = nil } },
        TokenFault("an access token with a line break") { $0.tokens = { $0["access_token"] = "a\r\nX: y" } },
        TokenFault("an access token of another type") { $0.tokens = { $0["token_type"] = "DPoP" } },
    ]

    private static let published: @Sendable () throws -> String = {
        try TestKeys.published(TestKeys.ec.get(), as: "key-1")
    }
}

@Suite("An ID token from the token endpoint")
struct IDTokenFaultTests {
    @Test("signs nobody in with", arguments: TokenFault.claims + TokenFault.signatures + TokenFault.forms)
    func fault(_ fault: TokenFault) async throws {
        var scenario = Scenario()
        scenario.behavior = fault.behavior
        let failure = try await scenario.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.credential == .spent)
    }

    @Test(
        "signs nobody in with the nonce of another login: oidcc-client-test-nonce-invalid", arguments: [nil, "other"])
    func nonce(_ nonce: String?) async throws {
        let failure = try await Scenario { $0.claims = { $0["nonce"] = nonce.map(JSONValue.string) } }.failure()
        #expect(failure?.kind == .invalidCredential)
    }

    @Test(
        "signs nobody in with a text that equals ours under canonical equivalence alone",
        arguments: [("aud", "client-\u{212A}"), ("iss", "https://idp-\u{212A}.example"), ("hd", "\u{212A}.example")])
    func equivalent(claim: String, text: String) async throws {
        let scenario = Scenario { $0.claims = { $0[claim] = .string(text) } }.with {
            $0.issuerAliases = ["https://idp-K.example"]
            if claim == "aud" { $0.clientId = "client-K" }
            if claim == "hd" { $0.hostedDomains = ["K.example"] }
        }
        let failure = try await scenario.failure()
        #expect(failure?.kind == (claim == "hd" ? .accessDenied : .upstreamMisbehaved))
    }

    @Test(
        "says by how much a clock is off",
        arguments: [
            ("exp", -95.0, "expired 95 s ago. If it was just issued, a clock is off by 0 s"),
            ("iat", 95, "95 s in the future"),
            ("iat", -700_000, "issued 700000 s ago"),
        ])
    func clock(claim: String, offset: Double, words: String) async throws {
        let time = OpenIDProviderDouble.now.timeIntervalSince1970 + offset
        let failure = try await Scenario { $0.claims = { $0[claim] = .double(time) } }.failure()
        #expect(failure?.message.contains(words) == true)
    }
}
