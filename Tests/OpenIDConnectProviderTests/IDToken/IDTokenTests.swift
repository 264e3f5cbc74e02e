import OpenIDConnectProvider
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@Suite("An ID token")
struct IDTokenTests {
    private static let now = OpenIDProviderDouble.now.timeIntervalSince1970

    static let variations: [TokenFault] = [
        TokenFault("as it should be") { _ in },
        TokenFault("oidcc-client-test-kid-absent-single-jwks") { $0.keyID = nil },
        TokenFault("oidcc-client-test-kid-absent-multiple-jwks") {
            $0.keyID = nil
            $0.keySet = { try twoKeys("key-1", "key-2") }
        },
        TokenFault("of one of two keys with the same name") { $0.keySet = { try twoKeys("key-1", "key-1") } },
        TokenFault("with kinds of keys beside its own that nobody knows") {
            $0.keySet = {
                try TestKeys.published(TestKeys.ec.get(), as: "key-1")
                    .replacing("[", with: #"[{"kty":"oct","k":"AAAA"},{"kty":"LATER","kid":"key-1"},"#)
            }
        },
        TokenFault("oidcc-client-test-idtoken-sig-rs256") { $0.key = TestKeys.rsa },
        TokenFault("with EdDSA") { $0.key = TestKeys.ed },
        TokenFault("with several audiences and azp") {
            $0.claims = { ($0["aud"], $0["azp"]) = (["client-1", "client-2"], "client-1") }
        },
        TokenFault("with times that are fractions, as of Canaille") {
            $0.claims = { ($0["auth_time"], $0["iat"]) = (.double(now - 0.5), .double(now - 0.25)) }
        },
        TokenFault("with times that are off by less than the tolerance") {
            $0.claims = { ($0["iat"], $0["nbf"]) = (.double(now + 29), .double(now + 29)) }
        },
        TokenFault("that has just expired, within the tolerance") { $0.claims = { $0["exp"] = .double(now - 29) } },
        TokenFault("with at_hash and c_hash") {
            $0.claims = {
                $0["at_hash"] = .string(half(.sha256, of: OpenIDProviderDouble.accessToken))
                $0["c_hash"] = .string(half(.sha256, of: OpenIDProviderDouble.code))
            }
        },
        TokenFault("with at_hash by the hash of EdDSA, SHA-512") {
            $0.key = TestKeys.ed
            $0.claims = { $0["at_hash"] = .string(half(.sha512, of: OpenIDProviderDouble.accessToken)) }
        },
        TokenFault("whose provider also offers none, as Canaille and LemonLDAP do") {
            $0.document = { document, _ in document["id_token_signing_alg_values_supported"] = ["none", "ES256"] }
        },
        TokenFault("with claims that nobody knows") {
            $0.claims = {
                $0["sid"] = "7"; $0["token_use"] = "id"
            }
        },
    ]

    private static func half(_ hash: HashFunction, of text: String) -> String {
        let bytes = hash.hash(Array(text.utf8))
        return Base64URL.encode(bytes.prefix(bytes.count / 2))
    }

    private static func twoKeys(_ first: String, _ second: String) throws -> String {
        let other = try TestKeys.published(TestKeys.otherEC.get(), as: first)
        let own = try TestKeys.published(TestKeys.ec.get(), as: second == first ? first : "key-2")
        return other.replacing("]}", with: ",\(own.drop { $0 != "[" }.dropFirst())")
    }

    @Test("signs a person in", arguments: variations)
    func accepted(_ fault: TokenFault) async throws {
        var scenario = Scenario()
        scenario.behavior = fault.behavior
        let identity = try await scenario.login()
        #expect(identity.subject == "person-1")
        #expect(identity.claims.name == "Ada")
    }

    @Test("may spell the issuer otherwise where that is configured, and the identity keeps the issuer")
    func alias() async throws {
        let scenario = Scenario { $0.claims = { $0["iss"] = "accounts.example" } }
        let identity = try await scenario.with { $0.issuerAliases = ["accounts.example"] }.login()
        #expect(identity.issuer.rawValue.hasPrefix("https://localhost"))
    }

    @Test("may be signed with the client's secret where that is configured")
    func secret() async throws {
        let scenario = Scenario {
            $0.key = Result { try SigningKey(.hs256, representation: Array(Scenario.secret.utf8)) }
            $0.keySet = { try TestKeys.published(TestKeys.ec.get(), as: "key-1") }
        }
        #expect(try await scenario.with { $0.idTokenAlgorithms = [.hs256] }.login().subject == "person-1")
    }

    @Test("needs an algorithm that both sides allow")
    func noAlgorithm() async throws {
        let scenario = Scenario {
            $0.document = { document, _ in document["id_token_signing_alg_values_supported"] = ["none", "HS256"] }
        }
        #expect(try await scenario.failure()?.kind == .misconfigured)
    }

    @Test(
        "must say when the user signed in if that was asked for",
        arguments: [
            (nil, BrokerError.Kind.upstreamMisbehaved), (0, .interactionRequired), (now - 91, .interactionRequired),
            (now + 31, .upstreamMisbehaved), (now - 89, nil),
        ] as [(Double?, BrokerError.Kind?)])
    func authenticationTime(time: Double?, kind: BrokerError.Kind?) async throws {
        let scenario = Scenario { $0.claims = { $0["auth_time"] = time.map(JSONValue.double) } }
        #expect(try await scenario.with { $0.maxAge = .seconds(60) }.failure()?.kind == kind)
    }

    @Test(
        "must be of an organization that is let in: CVE-2024-27918",
        arguments: [
            ("people.example", nil), ("evil-people.example", BrokerError.Kind.accessDenied),
            ("people.example.evil.example", .accessDenied), ("People.Example", .accessDenied), (nil, .accessDenied),
        ] as [(String?, BrokerError.Kind?)])
    func hostedDomain(domain: String?, kind: BrokerError.Kind?) async throws {
        let scenario = Scenario { $0.claims = { $0["hd"] = domain.map(JSONValue.string) } }
        #expect(try await scenario.with { $0.hostedDomains = ["people.example"] }.failure()?.kind == kind)
    }

    @Test("may have its subject in other claims")
    func subjectClaims() async throws {
        let scenario = Scenario { $0.claims = { ($0["team"], $0["user"]) = ("T1", "U2") } }
        #expect(try await scenario.with { $0.subjectClaims = ["team", "user"] }.login().subject == "T1:U2")
        let split = Scenario { $0.claims = { ($0["team"], $0["user"]) = ("T1:U2", "U3") } }
        #expect(try await split.with { $0.subjectClaims = ["team", "user"] }.failure()?.kind == .upstreamMisbehaved)
    }
}
