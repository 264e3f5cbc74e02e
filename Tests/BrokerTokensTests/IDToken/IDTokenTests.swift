import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("ID tokens of the code flow")
struct IDTokenTests {
    @Test("An ID token says who, for whom, when, in which session, for which request and beside which access token")
    func claims() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let code = try await browser.code("web", ["nonce": "n-0S6_WzA2Mj"])
        bench.clock.advance(by: .seconds(30))
        let tokens = try await bench.redeem(code)
        let claims = try await bench.idToken(tokens)
        let session = try #require(try await bench.records(Session.self).first)
        let now = bench.clock.date.wholeSeconds
        let hash = SHA256.hash(data: Array(tokens.accessToken.reveal().utf8)).prefix(16)
        let expected: JSONObject = [
            "iss": .string(TokenBench.issuer), "sub": .string(tokens.account.description), "aud": "web",
            "iat": .integer(now), "exp": .integer(now + 600), "auth_time": .integer(now - 30),
            "sid": .string(session.id.rawValue), "nonce": "n-0S6_WzA2Mj",
            "at_hash": .string(Base64URL.encode(hash)),
        ]
        #expect(claims == expected)
        #expect(try header(of: tokens.idToken) == ["alg": "RS256", "typ": "JWT"])
        #expect(try header(of: tokens.accessToken) == ["alg": "ES256", "typ": "at+jwt"])
    }

    @Test("The example of OpenID Connect for at_hash holds: the left half of SHA-256")
    func hash() throws {
        // OpenID Connect Core, Appendix A.3 and A.4: the access token, and the hash in the ID token beside it.
        let hash = HashFunction.sha256.hash(Array("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".utf8))
        #expect(Base64URL.encode(hash.prefix(16)) == "77QmUPtjPfzWtF2AnpK9RQ")
    }

    @Test("A client may choose ES256")
    func algorithm() async throws {
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience], signingAlgorithm: .rs256,
            authorization: AuthorizationSettings(
                redirectURIs: [RequestBench.redirectURI], idTokenAlgorithm: .es256))
        let bench = try await LoginBench(clients: [client])
        let tokens = try await bench.redeem(BrowserDouble(bench).code())
        _ = try await bench.idToken(tokens)
        #expect(try header(of: tokens.idToken)["alg"] == "ES256" && header(of: tokens.accessToken)["alg"] == "RS256")
    }

    @Test("A client whose ID tokens no key can sign is refused")
    func noKey() async throws {
        let bench = try await TokenBench()
        let client = try #require(try RequestBench.clients().first)
        let error = #expect(throws: BrokerError.self) {
            try bench.service.replaceClients(with: ClientDirectory([client]))
        }
        #expect(error?.kind == .misconfigured && error?.message.contains("RS256") == true)
    }

    @Test("How the person signed in is there if it is known")
    func authentication() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open()
        let login = try await bench.login()
        let event = AuthenticationEvent(
            time: login.event.time - .seconds(7), methods: ["pwd", "otp"], contextClass: "urn:mace:silver")
        let code = try #require(
            try await browser.signIn(
                CompletedLogin(
                    account: login.account, provider: login.provider, upstream: login.upstream, event: event)
            ).code)
        let tokens = try await bench.redeem(code)
        let refreshed = try await bench.refresh(tokens.refreshToken)
        for tokens in [tokens, refreshed] {
            let claims = try await bench.idToken(tokens)
            #expect(claims["amr"] == ["pwd", "otp"] && claims["acr"] == "urn:mace:silver")
            #expect(claims["auth_time"]?.int64 == login.event.time.wholeSeconds - 7)
        }
    }

    @Test("After a refresh it is of the same login, without the nonce (OpenID Connect Core §12.2)")
    func refreshed() async throws {
        let bench = try await LoginBench()
        let tokens = try await bench.redeem(BrowserDouble(bench).code())
        let first = try await bench.idToken(tokens)
        bench.clock.advance(by: .seconds(100))
        let second = try await bench.idToken(bench.refresh(tokens.refreshToken))
        for name in ["iss", "sub", "aud", "auth_time", "sid"] { #expect(first[name] == second[name], "\(name)") }
        #expect(second["nonce"] == nil && first["nonce"] != nil)
        #expect(second["iat"]?.int64 == bench.clock.date.wholeSeconds)
        #expect(second["at_hash"] != nil && second["at_hash"] != first["at_hash"])
    }

    @Test("Without openid there is none, and without a nonce none is in it")
    func optional() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        #expect(try await bench.redeem(browser.code("web", ["scope": "profile"])).idToken == nil)
        let tokens = try await bench.redeem(browser.code("web", ["nonce": nil]))
        #expect(try await bench.idToken(tokens)["nonce"] == nil)
    }

    @Test("The claims of the scopes are in userinfo, and in the ID token only if the client has them there")
    func scopes() async throws {
        let client = try TokenClient(
            id: "fat", authentication: .secret(Secret(TokenBench.secret)),
            grants: [.authorizationCode, .refreshToken], audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(
                redirectURIs: [RequestBench.redirectURI], showsClaimsInIDToken: true))
        let bench = try await LoginBench(clients: RequestBench.clients() + [client])
        let browser = BrowserDouble(bench)
        let scopes: [(scope: String, claims: Set<String>)] = [
            ("openid", []), ("openid profile", ["name"]), ("openid email", ["email", "email_verified"]),
            ("openid profile email address phone", ["name", "email", "email_verified"]),
        ]
        let personal = Set(Scope.allCases.flatMap(\.claims))
        for (scope, claims) in scopes {
            let lean = try await bench.redeem(browser.code("web", ["scope": scope]))
            let fat = try await bench.redeem(browser.code("fat", ["scope": scope]), as: "fat")
            #expect(try await Set(bench.idToken(lean).map(\.name)).intersection(personal) == [], "\(scope)")
            #expect(try await Set(bench.idToken(fat).map(\.name)).intersection(personal) == claims, "\(scope)")
            let refreshed = try await bench.refresh(fat.refreshToken, as: "fat")
            #expect(try await Set(bench.idToken(refreshed).map(\.name)).intersection(personal) == claims, "\(scope)")
            for tokens in [lean, fat] {
                let userInfo = try await self.userInfo(bench, tokens)
                #expect(Set(userInfo.map(\.name)) == claims.union(["sub"]), "\(scope)")
                #expect(userInfo["sub"]?.string == tokens.account.description)
            }
        }
    }

    @Test("Single claims are where they were asked for, and nowhere else, also after a refresh")
    func single() async throws {
        let bench = try await LoginBench()
        let claims = #"{"userinfo":{"email":{"essential":true}},"id_token":{"name":null,"phone_number":null}}"#
        let tokens = try await bench.redeem(
            BrowserDouble(bench).code("web", ["scope": "openid", "claims": claims]))
        for tokens in [tokens, try await bench.refresh(tokens.refreshToken)] {
            let idToken = try await bench.idToken(tokens)
            #expect(idToken["name"] == "ada" && idToken["email"] == nil && idToken["phone_number"] == nil)
            let userInfo = try await self.userInfo(bench, tokens)
            #expect(userInfo["email"] == "ada@example.com" && userInfo["name"] == nil)
        }
    }

    private func userInfo(_ bench: LoginBench, _ tokens: IssuedTokens) async throws -> JSONObject {
        try #require(JSONReader().read(try await bench.service.userInfo(tokens.accessToken)).object)
    }

    private func header(of token: Secret?) throws -> [String: String] {
        let part = try #require(token?.reveal().split(separator: ".").first)
        let bytes = try #require(Base64URL.decode(part))
        let header = try #require(JSONReader().read(bytes).object)
        return ["alg": header["alg"]?.string ?? "", "typ": header["typ"]?.string ?? ""]
    }
}
