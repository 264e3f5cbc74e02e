import BrokerSandbox
import Crypto
import Foundation
import LoopbackServer
import Testing

@testable import OpenIDConnectSandbox

@Suite("The token endpoint of the OpenID sandbox")
struct TokenTests {
    @Test("redeems a code for tokens of the person who signed in")
    func redemption() throws {
        var bench = try SandboxBench()
        let answer = try bench.redeem(try bench.code(["max_age": "60"]))
        let claims = try SandboxBench.claims(of: answer.members["id_token"])
        #expect(claims["iss"] as? String == "https://localhost:1" && claims["aud"] as? String == "sandbox-client")
        #expect(claims["nonce"] as? String == "n" && claims["sub"] as? String == "248289761001")
        #expect(claims["auth_time"] != nil && claims["email"] == nil)
        guard case .text(let token)? = answer.members["access_token"] else {
            Issue.record("There is no access token.")
            return
        }
        let userInfo = bench.state.userInfo(["Bearer \(token)"], at: SandboxBench.now)
        #expect(userInfo?["email"] == "ada@people.example" && userInfo?["sub"] == "248289761001")
        #expect(bench.state.userInfo(["Bearer other"], at: SandboxBench.now) == nil)
        #expect(bench.state.userInfo([], at: SandboxBench.now) == nil)
    }

    @Test("refuses a code that comes twice, and withdraws what it was redeemed for")
    func twice() throws {
        var bench = try SandboxBench()
        let code = try bench.code()
        guard case .text(let token)? = try bench.redeem(code).members["access_token"] else {
            Issue.record("There is no access token.")
            return
        }
        #expect(throws: Refusal.usedCode) { try bench.redeem(code) }
        #expect(bench.state.userInfo(["Bearer \(token)"], at: SandboxBench.now) == nil)
    }

    @Test(
        "refuses what does not fit the code, which is spent by it",
        arguments: [
            (["code_verifier": String(repeating: "w", count: 43)], .verifier), (["code_verifier": nil], .verifier),
            (["redirect_uri": "https://app.example/callback"], .redirectURI), (["redirect_uri": nil], .redirectURI),
        ] as [([String: String?], Refusal)])
    func mismatch(changes: [String: String?], refusal: Refusal) throws {
        var bench = try SandboxBench()
        let code = try bench.code()
        #expect(throws: refusal) { try bench.redeem(code, changes) }
        #expect(throws: Refusal.usedCode) { try bench.redeem(code) }
    }

    @Test("refuses a verifier for a code without a challenge")
    func unexpectedVerifier() throws {
        var bench = try SandboxBench()
        let code = try bench.code(["code_challenge": nil, "code_challenge_method": nil])
        #expect(throws: Refusal.verifier) { try bench.redeem(code) }
    }

    @Test("refuses a verifier as LinkedIn does, where PKCE was not enabled for the app")
    func unwelcomeVerifier() throws {
        var bench = try SandboxBench(.linkedin)
        let code = try bench.code()
        #expect(throws: Refusal.client) { try bench.redeem(code) }
        #expect(try bench.redeem(code, ["code_verifier": nil]).status == 200)
    }

    @Test(
        "refuses another client and a wrong secret, and spends no code for it",
        arguments: [
            ["client_secret": "wrong"], ["client_secret": nil], ["client_id": "another"], ["client_id": nil],
        ] as [[String: String?]])
    func client(changes: [String: String?]) throws {
        var bench = try SandboxBench()
        let code = try bench.code()
        #expect(throws: Refusal.client) { try bench.redeem(code, changes) }
        #expect(try bench.redeem(code).status == 200)
    }

    @Test("refuses a code that is unknown or a minute old, another grant, and a request without a code")
    func others() throws {
        var bench = try SandboxBench()
        let code = try bench.code()
        #expect(throws: Refusal.code) { try bench.redeem("code-unknown") }
        #expect(throws: Refusal.code) { try bench.redeem(code, after: 61) }
        #expect(throws: Refusal.grantType) { try bench.redeem(code, ["grant_type": "password"]) }
        #expect(throws: Refusal.request) { try bench.redeem(code, ["code": nil]) }
    }

    @Test("takes only the client's own method")
    func methods() throws {
        let basic = "Basic \(Data("sandbox-client:client-secret".utf8).base64EncodedString())"
        let bare: [String: String?] = ["client_secret": nil]
        var bench = try SandboxBench(methods: [.basic])
        let code = try bench.code()
        #expect(throws: Refusal.client) { try bench.redeem(code) }
        #expect(throws: Refusal.client) { try bench.redeem(code, bare, authorization: [basic, basic]) }
        #expect(throws: Refusal.client) { try bench.redeem(code, bare, authorization: ["Basic eDp5"]) }
        #expect(throws: Refusal.client) { try bench.redeem(code, authorization: [basic]) }
        #expect(try bench.redeem(code, bare, authorization: [basic]).status == 200)
        var open = try SandboxBench(methods: [.none])
        let openCode = try open.code()
        #expect(throws: Refusal.client) { try open.redeem(openCode) }
        #expect(try open.redeem(openCode, bare).status == 200)
    }

    @Test("takes an assertion of the client once, for itself, and for minutes")
    func assertions() throws {
        var bench = try SandboxBench(methods: [.privateKeyJWT])
        let key = bench.state.client.key
        func assertion(_ changes: Members = [:], by key: P256.Signing.PrivateKey) throws -> [String: String?] {
            let now = Int(SandboxBench.now.timeIntervalSince1970)
            let claims: Members = [
                "iss": "sandbox-client", "sub": "sandbox-client", "aud": "https://localhost:1", "jti": "1",
                "exp": .number(now + 300),
            ]
            let token = try JSONWebToken.compact(["alg": "ES256"], claims.with(changes)) { signed in
                try key.signature(for: signed).rawRepresentation
            }
            return [
                "client_secret": nil, "client_assertion": token,
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ]
        }
        let code = try bench.code()
        let late = JSON.number(Int(SandboxBench.now.timeIntervalSince1970) - 1)
        let wrong: [Members] = [
            ["aud": "https://evil.example"], ["iss": "x"], ["sub": "x"], ["exp": late], ["jti": .null],
        ]
        for changes in wrong {
            let form = try assertion(changes, by: key)
            #expect(throws: Refusal.client) { try bench.redeem(code, form) }
        }
        let forged = try assertion(by: P256.Signing.PrivateKey())
        #expect(throws: Refusal.client) { try bench.redeem(code, forged) }
        let good = try assertion(by: key)
        #expect(try bench.redeem(code, good).status == 200)
        let other = try bench.code()
        #expect(throws: Refusal.client) { try bench.redeem(other, good) }
    }

    @Test(
        "refuses in the vendor's form",
        arguments: [
            (.oidc, .client, 401, "error", "invalid_client"),
            (.apple, .client, 400, "error", "invalid_client"),
            (.google, .redirectURI, 400, "error", "redirect_uri_mismatch"),
            (.keycloak, .client, 401, "error", "unauthorized_client"),
            (.linkedin, .usedCode, 400, "error", "invalid_request"),
            (.microsoft, .usedCode, 400, "error_codes", .list([54005])),
            (.slack, .usedCode, 200, "error", "code_already_used"),
            (.twitch, .client, 403, "message", "invalid client secret"),
        ] as [(Vendor, Refusal, Int, String, JSON)])
    func forms(vendor: Vendor, refusal: Refusal, status: Int, member: String, value: JSON) {
        let answer = vendor.refusal(refusal)
        #expect(answer.status == status && answer.members[member] == value)
    }

    @Test("takes forms alone, by POST, and each parameter once")
    func requests() throws {
        var bench = try SandboxBench()
        let form = FormText.encode(bench.redemption(of: "code-unknown"))
        func error(_ method: String, _ headers: [HeaderField], _ body: String) throws -> String {
            let request = ReceivedRequest(method: method, target: "/token", headers: headers, body: Array(body.utf8))
            let steps = try bench.state.answer(request, at: SandboxBench.now).steps
            guard case .respond(let response)? = steps.first else { return "" }
            return JSON.members(of: response.body)?["error"] as? String ?? ""
        }
        #expect(try error("POST", SandboxBench.form, form) == "invalid_grant")
        #expect(try error("GET", SandboxBench.form, form) == "invalid_request")
        #expect(try error("POST", [], form) == "invalid_request")
        #expect(try error("POST", SandboxBench.form, "\(form)&code=x") == "invalid_request")
        #expect(try error("POST", SandboxBench.form, "\(form)&x=%zz") == "invalid_request")
    }
}
