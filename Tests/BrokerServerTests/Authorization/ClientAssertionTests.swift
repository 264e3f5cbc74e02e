import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerServer

@Suite("Clients that sign what they authenticate with, at the endpoints")
struct ClientAssertionEndpointTests {
    private let key: SigningKey

    init() throws { key = try SigningKey.generate(for: .es256) }

    private func bench() async throws -> ServiceBench {
        let bank = try TokenClient(
            id: "bank", authentication: .keys([try #require(key.publicKey)]),
            grants: [.authorizationCode, .refreshToken], audiences: [ServiceBench.api],
            authorization: AuthorizationSettings(redirectURIs: [FrontBench.redirectURI], idTokenAlgorithm: .es256))
        return try await FrontBench.make(clients: [bank])
    }

    private func proof(_ bench: ServiceBench, audience: String = ServiceBench.issuer) throws -> [(String, String)] {
        let now = Int64(bench.clock.date.timeIntervalSince1970)
        let claims: JSONObject = [
            "iss": "bank", "sub": "bank", "aud": .string(audience), "jti": .string(UUID().uuidString),
            "exp": .integer(now + 60),
        ]
        return [
            ("client_assertion", try CompactJWS.sign(claims.jsonBytes, header: [:], with: key)),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ]
    }

    @Test("An assertion authenticates at PAR, token, revocation and introspection")
    func endpoints() async throws {
        let bench = try await bench()
        let pushed = try await bench.post("/oauth2/par", FrontBench.parameters("bank") + proof(bench), as: nil)
        let uri = try #require(pushed["request_uri"])
        let browser = Browser(bench)
        let page = try await browser.open("/oauth2/authorize?client_id=bank&request_uri=\(uri.percentEncoded)")
        let login = try await browser.signIn(after: browser.get(try #require(page.link(to: "work"))))
        let form = [
            ("grant_type", "authorization_code"), ("code", login.answered["code"] ?? ""),
            ("redirect_uri", FrontBench.redirectURI), ("code_verifier", FrontBench.verifier),
        ]
        let tokens = try await bench.post("/oauth2/token", form + proof(bench), as: nil)
        #expect(tokens.status == 200)
        let token = [("token", try #require(tokens["access_token"]))]
        let introspected = try await bench.post("/oauth2/introspect", token + proof(bench), as: nil)
        #expect(introspected.json["active"] as? Bool == true)
        #expect(try await bench.post("/oauth2/revoke", token + proof(bench), as: nil).status == 200)
        let gone = try await bench.post("/oauth2/introspect", token + proof(bench), as: nil)
        #expect(gone.json["active"] as? Bool == false)
    }

    @Test("It is for the issuer alone, good once, and the only way that the client uses")
    func refused() async throws {
        let bench = try await bench()
        let once = try proof(bench)
        let form = FrontBench.parameters("bank")
        #expect(try await bench.post("/oauth2/par", form + once, as: nil).status == 201)
        let wrong: [[(String, String)]] = [
            once, try proof(bench, audience: "\(ServiceBench.issuer)/oauth2/par"), [try proof(bench)[0]],
            [try proof(bench)[1]],
            try proof(bench).replacing("client_assertion_type", "urn:other"), [],
        ]
        for proof in wrong {
            let answer = try await bench.post("/oauth2/par", form + proof, as: nil)
            #expect((answer.status, answer["error"]) == (401, "invalid_client"))
        }
        let twice = try await bench.post("/oauth2/par", form + proof(bench), as: "bank:\(ServiceBench.secret)")
        #expect((twice.status, twice["error"]) == (400, "invalid_request"))
    }

    @Test("The metadata name it, and its algorithms")
    func metadata() async throws {
        let answer = try await bench().send(.get, "/.well-known/openid-configuration")
        for endpoint in ["token", "revocation", "introspection"] {
            let methods = answer.json["\(endpoint)_endpoint_auth_methods_supported"] as? [String]
            #expect(methods?.contains("private_key_jwt") == true)
            let algorithms = answer.json["\(endpoint)_endpoint_auth_signing_alg_values_supported"] as? [String]
            #expect(algorithms?.contains("ES256") == true && algorithms?.contains("HS256") == false)
        }
    }
}
