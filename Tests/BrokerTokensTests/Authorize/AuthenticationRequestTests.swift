import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Authorization requests")
struct AuthenticationRequestTests {
    @Test("A valid request is read in full, in whatever order its parameters come")
    func valid() throws {
        let parameters = RequestBench.parameters().merging([
            "prompt": "login consent", "max_age": "300", "login_hint": "ada@example.com", "ui_locales": "zh-Hans en",
            "acr_values": "urn:a urn:b", "display": "popup", "claims_locales": "en", "unknown": "value",
            "provider": "wxapp", "response_mode": "form_post", "id_token_hint": "a.b.c",
        ]) { $1 }
        let pairs = parameters.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        for form in [pairs, pairs.reversed()].map(RequestBench.form) {
            let request = try #require(try RequestBench.outcome(form).request)
            #expect(request.client == "web" && request.target.redirectURI == RequestBench.redirectURI)
            #expect(request.target.state == "af0ifjsldkj" && request.target.mode == .formPost)
            #expect(request.scope.text == "openid profile" && request.nonce == "n-0S6_WzA2Mj")
            #expect(request.challenge?.text == RequestBench.challenge && request.maxAge == 300)
            #expect(request.prompts == [.login, .consent] && request.providerID == "wxapp")
            #expect(request.loginHint == "ada@example.com" && request.uiLocales == ["zh-Hans", "en"])
            #expect(request.acrValues == ["urn:a", "urn:b"] && request.audiences == [TokenBench.audience])
            #expect(request.idTokenHint == Secret("a.b.c") && request.subject == nil)
        }
    }

    @Test("What is stored is the request, without the ID token that came as a hint")
    func stored() throws {
        let request = try RequestBench.request(
            "phone", redirectURI: "http://127.0.0.1:50123/callback",
            [
                "id_token_hint": "a.b.c", "max_age": "0", "prompt": "none", "claims": #"{"userinfo":{"email":null}}"#,
                "scope": "openid offline_access",
            ])
        let bytes = try json(request)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("a.b.c"))
        var expected = request
        expected.idTokenHint = nil
        #expect(try JSONDecoder().decode(AuthenticationRequest.self, from: bytes) == expected)
    }

    @Test("Nonce, state, scope and PKCE of a client that may do without are optional")
    func sparse() throws {
        let none: String? = nil
        let request = try RequestBench.request(
            "legacy",
            [
                "nonce": none, "state": none, "scope": none, "code_challenge": none, "code_challenge_method": none,
            ])
        #expect(request.nonce == nil && request.target.state == nil && request.challenge == nil)
        #expect(request.scope.text.isEmpty && request.prompts.isEmpty && request.maxAge == nil)
    }

    @Test("Long states and nonces come back as they were", arguments: [1, 64, 2000])
    func long(count: Int) throws {
        let text = String(repeating: "s:/+=& ", count: count).prefix(count)
        let request = try RequestBench.request("web", ["state": String(text), "nonce": String(text)])
        #expect(request.target.state == String(text) && request.nonce == String(text))
    }

    @Test(
        "Without a proven client and redirect URI there is only a page",
        arguments: [
            ["client_id": nil], ["client_id": "absent"], ["client_id": "WEB"], ["redirect_uri": nil],
            ["redirect_uri": "https://evil.example/callback"], ["redirect_uri": "https://app.example.com/callback/"],
            ["redirect_uri": ""],
        ] as [[String: String?]])
    func page(changes: [String: String?]) throws {
        #expect(try RequestBench.outcome("web", changes).isPage)
    }

    @Test("No error of any kind goes to a redirect URI that is not registered (CVE-2026-41479)")
    func everyErrorOnAPage() throws {
        for (changes, _) in Self.clientErrors + [(["prompt": "none"], .loginRequired)] {
            let changes = changes.merging(["redirect_uri": "https://evil.example/"]) { $1 }
            #expect(try RequestBench.outcome("web", changes).isPage, "\(changes)")
        }
    }

    @Test("A client that is not for browsers has no redirect URI, so it gets a page")
    func noRedirectURIs() throws {
        let client = try TokenClient(
            id: "exchange", authentication: .secret(Secret(TokenBench.secret)), audiences: ["a"])
        let refusal = #expect(throws: AuthorizationRefusal.self) {
            try AuthenticationRequest(
                RequestBench.query("exchange"), from: ClientDirectory([client]), issuer: TokenBench.issuer)
        }
        guard case .page(let error)? = refusal else {
            Issue.record("an answer to an open redirect")
            return
        }
        #expect(error.code == .invalidRequest)
    }

    @Test("A parameter that occurs twice is refused on a page, whichever it is (CVE-2026-9689)")
    func repeated() throws {
        let parameters = RequestBench.parameters().map { ($0.key, $0.value) } + [("prompt", "login"), ("unknown", "1")]
        #expect(try RequestBench.outcome(RequestBench.form(parameters)).request != nil)
        for (name, value) in parameters {
            for other in [value, "other", ""] {
                for doubled in [parameters + [(name, other)], [(name, other)] + parameters] {
                    #expect(try RequestBench.outcome(RequestBench.form(doubled)).isPage, "\(name)")
                }
            }
        }
    }

    @Test("What is not form-encoded UTF-8, or too long, is refused on a page")
    func malformed() throws {
        let query = RequestBench.query()
        for text in [
            "\(query)&a=%", "\(query)&a=%zz", "\(query)&a=%FF", "\(query)&a=\(String(repeating: "a", count: 16_384))",
        ] {
            #expect(try RequestBench.outcome(text[...]) == .page(.invalidRequest))
        }
        #expect(try RequestBench.outcome("") == .page(.invalidRequest))
    }

    private static let clientErrors: [([String: String?], OAuthError.Code)] = [
        (["response_type": nil], .invalidRequest),
        (["response_type": "token"], .unsupportedResponseType),
        (["response_type": "code id_token"], .unsupportedResponseType),
        (["response_type": "none"], .unsupportedResponseType),
        (["response_type": "CODE"], .unsupportedResponseType),
        (["response_mode": "fragment"], .invalidRequest),
        (["response_mode": "form_post.jwt"], .invalidRequest),
        (["request": "e30.e30."], .requestNotSupported),
        (["request_uri": "https://app.example.com/request"], .requestURINotSupported),
        (["request_uri": "urn:ietf:params:oauth:request_uri:unknown"], .requestURINotSupported),
        (["registration": "{}"], .registrationNotSupported),
        (["code_challenge": nil, "code_challenge_method": nil], .invalidRequest),
        (["code_challenge": nil], .invalidRequest),
        (["code_challenge_method": nil], .invalidRequest),
        (["code_challenge_method": "plain"], .invalidRequest),
        (["code_challenge_method": "s256"], .invalidRequest),
        (["code_challenge": "short"], .invalidRequest),
        (["code_challenge": RequestBench.challenge + "A"], .invalidRequest),
        (["code_challenge": RequestBench.challenge + "="], .invalidRequest),
        // The last character has bits that are not used.
        (["code_challenge": String(RequestBench.challenge.dropLast()) + "N"], .invalidRequest),
        (["scope": "openid \"profile\""], .invalidScope),
        (["scope": "openid prof\u{EF}le"], .invalidScope),
        (["audience": "https://other.example"], .invalidTarget),
        (["resource": "https://other.example"], .invalidTarget),
        (["prompt": "none login"], .invalidRequest),
        (["prompt": "consent none"], .invalidRequest),
        (["prompt": "create"], .invalidRequest),
        (["prompt": "LOGIN"], .invalidRequest),
        (["max_age": "-1"], .invalidRequest),
        (["max_age": "+1"], .invalidRequest),
        (["max_age": "1.5"], .invalidRequest),
        (["max_age": "soon"], .invalidRequest),
        (["max_age": "\u{661}"], .invalidRequest),
        (["max_age": "99999999999999999999"], .invalidRequest),
        (["claims": "{"], .invalidRequest),
        (["claims": "[]"], .invalidRequest),
        (["claims": #"{"userinfo":[]}"#], .invalidRequest),
        (["claims": #"{"id_token":{"email":true}}"#], .invalidRequest),
        (["claims": #"{"id_token":{"sub":{"value":1}}}"#], .invalidRequest),
        (["claims": #"{"userinfo":{},"userinfo":{}}"#], .invalidRequest),
        (["provider": "No Provider"], .invalidRequest),
    ]

    @Test("The client learns of any other error, with its state and by whom", arguments: clientErrors)
    func client(changes: [String: String?], code: OAuthError.Code) throws {
        let outcome = try RequestBench.outcome("web", changes)
        guard case .client(code, let response) = outcome else {
            Issue.record("\(changes): \(outcome)")
            return
        }
        #expect(response.redirectURI == RequestBench.redirectURI && response.mode == .query)
        #expect(response.parameters["error"] == code.rawValue && response.parameters["state"] == "af0ifjsldkj")
        #expect(response.parameters["iss"] == TokenBench.issuer && response.parameters["code"] == nil)
        #expect(response.parameters["error_description"]?.isEmpty == false)
        let posted = try RequestBench.outcome("web", changes.merging(["response_mode": "form_post"]) { $0 ?? $1 })
        guard changes["response_mode"] == nil else { return }
        guard case .client(code, let answer) = posted else {
            Issue.record("\(changes): \(posted)")
            return
        }
        #expect(answer.mode == .formPost)
    }

    @Test("An error without a state has none in its answer")
    func noState() throws {
        guard case .client(_, let response) = try RequestBench.outcome("web", ["state": nil, "response_type": "token"])
        else {
            Issue.record("no answer for the client")
            return
        }
        #expect(Set(response.parameters.keys) == ["error", "error_description", "iss"])
    }

    @Test("A client that may not get codes is told so")
    func unauthorized() throws {
        #expect(try RequestBench.outcome("machine").clientError == .unauthorizedClient)
    }

    @Test("Public clients need PKCE, and so do confidential ones unless they may do without")
    func pkce() throws {
        let none: [String: String?] = ["code_challenge": nil, "code_challenge_method": nil]
        for client in ["web", "spa", "partner"] {
            #expect(try RequestBench.outcome(client, none).clientError == .invalidRequest, "\(client)")
        }
        #expect(try RequestBench.outcome("legacy", none).request != nil)
        // One that may do without still may not send half of it.
        for half in [["code_challenge": nil], ["code_challenge_method": nil]] as [[String: String?]] {
            #expect(try RequestBench.outcome("legacy", half).clientError == .invalidRequest)
        }
    }

    @Test("To a client, a provider that it may not use does not exist")
    func provider() throws {
        #expect(try RequestBench.outcome("shop", ["provider": "wechat"]).request?.providerID == "wechat")
        #expect(try RequestBench.outcome("shop", ["provider": "wxapp"]).clientError == .invalidRequest)
    }

    @Test(
        "Unknown scopes are ignored, and offline_access of a client that may not refresh",
        arguments: [
            ("web", "openid email root", "openid email"), ("web", "offline_access openid", "openid offline_access"),
            ("oneshot", "openid offline_access", "openid"), ("web", "  profile   openid ", "openid profile"),
            ("web", "OpenID", ""), ("web", "openid openid", "openid"),
        ])
    func scope(client: String, requested: String, granted: String) throws {
        #expect(try RequestBench.request(client, ["scope": requested]).scope.text == granted)
    }

    @Test("A native client may choose its port, and the answer goes to the port that it chose")
    func port() throws {
        let uri = "http://127.0.0.1:50123/callback"
        #expect(try RequestBench.request("phone", redirectURI: uri).target.redirectURI == uri)
        guard case .client(_, let response) = try RequestBench.outcome("phone", redirectURI: uri, ["prompt": "x"])
        else {
            Issue.record("no answer for the client")
            return
        }
        #expect(response.redirectURI == uri)
    }

    @Test("A message repeats nothing of the request")
    func messages() throws {
        let canary = "canary-7f3a"
        for name in RequestBench.parameters().keys.sorted() + ["prompt", "max_age", "claims", "provider", "request"] {
            let query = RequestBench.query("web", [name: canary])
            do {
                _ = try AuthenticationRequest(
                    query, from: ClientDirectory(RequestBench.clients()), issuer: TokenBench.issuer)
            } catch {
                switch error as? AuthorizationRefusal {
                case .page(let error)?, .client(_, let error)?:
                    #expect(!error.message.contains(canary) || name == "provider", "\(name): \(error.message)")
                case nil: throw error
                }
            }
        }
    }
}
