import BrokerServing
import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

/// Names of modules of the OpenID Foundation's certification stand where one is covered.
@Suite("The authorization code flow, through pages")
struct CodeFlowTests {
    @Test("A person chooses a provider, signs in there, and the app gets tokens (oidcc-server)")
    func whole() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let page = try await browser.open(FrontBench.request("web", ["scope": "openid email"]))
        #expect((page.status, page.heading) == (200, "Sign in"))
        #expect(page.text.contains("Web App") && page.text.contains("Continue with Work"))
        let redirect = try await browser.get(try #require(page.link(to: "work")))
        let answer = try await browser.signIn(after: redirect)
        #expect(answer.location?.hasPrefix(FrontBench.redirectURI + "?") == true)
        #expect(answer.answered["state"] == "af0ifjsldkj" && answer.answered["iss"] == ServiceBench.issuer)
        let tokens = try await bench.redeem(answer.answered["code"])
        #expect(tokens.status == 200 && tokens.headers[.cacheControl] == "no-store")
        #expect(
            tokens["token_type"] == "Bearer" && tokens["refresh_token"] != nil && tokens["issued_token_type"] == nil)
        let claims = try payload(of: tokens["id_token"])
        #expect(claims["nonce"] as? String == "n-0S6_WzA2Mj" && claims["aud"] as? String == "web")
        #expect(claims["sid"] != nil && claims["at_hash"] != nil && claims["auth_time"] != nil)
        #expect(claims["email"] == nil, "claims of scopes are in userinfo (oidcc-scope-email)")
        let token = try #require(tokens["access_token"])
        let person = try await bench.send(.get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(token)"])
        #expect(person["email"] == "ada@example.com" && person["sub"] == claims["sub"] as? String)
    }

    @Test("A second app needs no second login, and the session stays the same (oidcc-prompt-none-logged-in)")
    func singleSignOn() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let first = try await bench.redeem(browser.login().answered["code"])
        let silent = try await browser.open(FrontBench.request("only", ["prompt": "none"]))
        let second = try await bench.redeem(silent.answered["code"], as: "only:\(ServiceBench.secret)")
        let (one, two) = (try payload(of: first["id_token"]), try payload(of: second["id_token"]))
        #expect(one["sub"] as? String == two["sub"] as? String && one["sid"] as? String == two["sid"] as? String)
        #expect(one["auth_time"] as? Int == two["auth_time"] as? Int)
        let hinted = try await browser.open(
            FrontBench.request("web", ["prompt": "none", "id_token_hint": first["id_token"]]))
        #expect(hinted.answered["code"] != nil, "oidcc-id-token-hint")
    }

    @Test(
        "Without a page, only what needs none is answered with a code",
        arguments: [
            ("web", false, "login_required"), ("web", true, nil), ("partner", true, "consent_required"),
            ("phone", true, "interaction_required"), ("partner", false, "login_required"),
        ] as [(String, Bool, String?)])
    func promptNone(client: String, isSignedIn: Bool, error: String?) async throws {
        let browser = Browser(try await FrontBench.make())
        if isSignedIn { _ = try await browser.login() }
        let uri = client == "phone" ? "com.example.phone:/callback" : FrontBench.redirectURI
        let answer = try await browser.open(FrontBench.request(client, ["prompt": "none", "redirect_uri": uri]))
        #expect(answer.status == 303 && answer.location?.hasPrefix(uri) == true)
        #expect(answer.answered["error"] == error && (answer.answered["code"] != nil) == (error == nil))
    }

    @Test("A code works once, and a second use ends what the first one got (oidcc-codereuse)")
    func codeReuse() async throws {
        let bench = try await FrontBench.make()
        let code = try await Browser(bench).login().answered["code"]
        let tokens = try await bench.redeem(code)
        #expect(try await bench.redeem(code)["error"] == "invalid_grant")
        let token = try #require(tokens["access_token"])
        let person = try await bench.send(.get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(token)"])
        #expect(person.status == 401)
    }

    @Test(
        "A code is bound to client, redirect URI and challenge",
        arguments: [
            ("only", [:], "invalid_grant"), ("web", ["redirect_uri": "https://app.example.com/other"], "invalid_grant"),
            ("web", ["code_verifier": nil], "invalid_grant"), ("web", ["code_verifier": "x"], "invalid_grant"),
            ("web", ["redirect_uri": nil], "invalid_request"), ("web", ["code": nil], "invalid_request"),
        ] as [(String, [String: String?], String)])
    func binding(client: String, changes: [String: String?], error: String) async throws {
        let bench = try await FrontBench.make()
        let code = try await Browser(bench).login().answered["code"]
        let answer = try await bench.redeem(code, as: "\(client):\(ServiceBench.secret)", changes)
        #expect((answer.status, answer["error"]) == (400, error))
    }

    @Test("A public client redeems its code with the verifier alone")
    func publicClient() async throws {
        let bench = try await FrontBench.make()
        let code = try await Browser(bench).login("spa").answered["code"]
        #expect(try await bench.redeem(code, as: nil, ["client_id": "spa"]).status == 200)
    }

    @Test("A request may be posted, and unknown parameters are ignored (oidcc-ensure-post-request-succeeds)")
    func posted() async throws {
        let browser = Browser(try await FrontBench.make())
        _ = try await browser.login()
        // From the app's own site, so without the session's cookie: it is found on the way back.
        let (cookies, form) = (browser.cookies, FrontBench.parameters("web", ["unknown": "parameter"]))
        browser.cookies = [:]
        let answer = try await browser.post("/oauth2/authorize", form, origin: "https://app.example.com")
        #expect(answer.status == 303 && answer.headers[values: .setCookie].isEmpty)
        let location = try #require(answer.location)
        #expect(location.hasPrefix("\(ServiceBench.issuer)/oauth2/authorize?resume="))
        browser.cookies = cookies
        #expect(try await browser.open(location).answered["code"] != nil)
        #expect(try await browser.open(location).status == 400, "a handle works once")
    }

    @Test(
        "What is wrong with a request goes to the app, by what it says of itself",
        arguments: [
            ("response_type", nil, "invalid_request", "oidcc-response-type-missing"),
            ("response_type", "token", "unsupported_response_type", ""),
            ("response_type", "code id_token", "unsupported_response_type", ""),
            ("request", "eyJ", "request_not_supported", "oidcc-unsigned-request-object"),
            ("request_uri", "https://app.example.com/r", "request_uri_not_supported", "oidcc-request-uri-unsigned"),
            ("code_challenge_method", "plain", "invalid_request", ""), ("code_challenge", nil, "invalid_request", ""),
            ("prompt", "none login", "invalid_request", ""), ("max_age", "-1", "invalid_request", ""),
            ("response_mode", "fragment", "invalid_request", "GHSA-9vm7-v8wj-3fqw"),
            ("provider", "absent", "invalid_request", ""),
        ] as [(String, String?, String, String)])
    func refused(parameter: String, value: String?, error: String, module: String) async throws {
        let bench = try await FrontBench.make()
        for method in ["get", "post"] {
            let form = FrontBench.parameters("web", [parameter: value])
            let browser = Browser(bench)
            let answer =
                method == "get"
                ? try await browser.get(FrontBench.request("web", [parameter: value]))
                : try await browser.post("/oauth2/authorize", form, origin: nil)
            // Some need the choice of a provider to be known as wrong.
            let last = answer.answered["error"] == nil ? try await browser.follow(answer) : answer
            #expect(last.answered["error"] == error, "\(method) \(module)")
            #expect(last.answered["state"] == "af0ifjsldkj" && last.answered["iss"] == ServiceBench.issuer)
        }
    }

    @Test(
        "A redirect URI that is not registered gets nothing, whatever else is wrong (oidcc-ensure-registered-redirect-uri)",
        arguments: [
            "https://evil.example/", "https://app.example.com/callback/", "https://app.example.com/callback?a=b",
            "https://app.example.com/callback/..;/x", "https://APP.example.com/callback",
            "https://app.example.com@evil.example/callback", "javascript:alert(1)", "//evil.example", "",
        ])
    func openRedirect(uri: String) async throws {
        let bench = try await FrontBench.make()
        let faults: [[String: String?]] = [
            [:], ["prompt": "none"], ["response_type": "token"], ["response_mode": "form_post"], ["scope": "\""],
            ["client_id": "absent"],
        ]
        for fault in faults {
            let changes = fault.merging(["redirect_uri": uri]) { $1 }
            let browser = Browser(bench)
            let answers = [
                try await browser.get(FrontBench.request("web", changes)),
                try await browser.post("/oauth2/authorize", FrontBench.parameters("web", changes), origin: nil),
            ]
            for answer in answers {
                #expect(answer.status == 400 && answer.location == nil && answer.headers[.refresh] == nil)
                #expect(answer.heading == "The app’s request is wrong")
                #expect(uri.isEmpty || !answer.text.contains(uri))
            }
        }
        #expect(
            try await bench.store.records(.all("login_transaction"), after: nil, atMost: 1, at: .distantPast).records
                .isEmpty)
    }

    @Test(
        "A parameter that is given twice is refused without a redirect (CVE-2026-9689)",
        arguments: ["state", "client_id", "redirect_uri", "scope"])
    func twice(name: String) async throws {
        let browser = Browser(try await FrontBench.make())
        let answer = try await browser.get(FrontBench.request() + "&\(name)=x")
        #expect(answer.status == 400 && answer.location == nil)
    }

    @Test(
        "A login asks again, and later, where the app says so (oidcc-prompt-login, oidcc-max-age-1)",
        arguments: [
            ["prompt": "login"], ["max_age": "1"], ["prompt": "select_account"], ["max_age": "0"],
        ])
    func again(changes: [String: String?]) async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let first = try payload(of: await bench.redeem(browser.login().answered["code"])["id_token"])
        bench.clock.advance(by: .seconds(5))
        let second = try payload(of: await bench.redeem(browser.login("web", changes).answered["code"])["id_token"])
        let (before, after) = (try #require(first["auth_time"] as? Int), try #require(second["auth_time"] as? Int))
        #expect(after == before + 5)
    }

    @Test("The parameter provider goes straight to a provider, and so does a client with one alone")
    func straight() async throws {
        let browser = Browser(try await FrontBench.make())
        for address in [FrontBench.request("web", ["provider": "work"]), FrontBench.request("only")] {
            let redirect = try await browser.open(address)
            #expect(redirect.location?.hasPrefix("https://upstream.example/work/authorize?") == true)
            #expect(redirect.headers[.referrerPolicy] == "same-origin" && redirect.headers[.cacheControl] == "no-store")
        }
    }

    @Test("Too many logins from one address get a page that says so, and write nothing")
    func rate() async throws {
        let bench = try await FrontBench.make(
            limits: RequestLimits(transactionRate: RateLimit(logins: 2, per: .seconds(60))))
        let browser = Browser(bench)
        for _ in 0..<2 { #expect(try await browser.get(FrontBench.request()).status == 303) }
        let page = try await browser.get(FrontBench.request())
        #expect((page.status, page.heading) == (429, "Too many sign-ins"))
        #expect(page.headers[.retryAfter] == "30")
        #expect(
            try await bench.store.records(.all("login_transaction"), after: nil, atMost: 9, at: .distantPast).records
                .count == 2)
        #expect(try await bench.post("/oauth2/par", FrontBench.parameters()).status == 429)
    }
}

extension HTTPField.Name {
    fileprivate static var refresh: HTTPField.Name {
        guard let name = HTTPField.Name("Refresh") else {
            preconditionFailure("The letters are those of a field name.")
        }
        return name
    }
}
