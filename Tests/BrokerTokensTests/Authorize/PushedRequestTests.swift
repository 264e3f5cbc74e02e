import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Pushed requests (RFC 9126)")
struct PushedRequestTests {
    private func clients() throws -> [TokenClient] {
        let strict = try TokenClient(
            id: "bank", authentication: .secret(Secret(TokenBench.secret)),
            grants: [.authorizationCode, .refreshToken], audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(
                redirectURIs: [RequestBench.redirectURI], requiresPushedRequests: true))
        return try RequestBench.clients() + [strict]
    }

    private func bench() async throws -> LoginBench { try await LoginBench(clients: clients()) }

    private func push(
        _ bench: LoginBench,
        _ client: String = "web",
        _ changes: [String: String?] = [:]
    ) async throws -> IssuedRequestURI {
        try await bench.service.push(RequestBench.query(client, changes), by: bench.client(client))
    }

    private func open(
        _ browser: BrowserDouble,
        _ uri: Secret,
        client: String = "web",
        also parameters: [(String, String)] = []
    ) async throws -> BrowserDouble.Sight {
        let query = RequestBench.form([("client_id", client), ("request_uri", uri.reveal())] + parameters)
        return try await browser.see { try await browser.bench.service.authorize(query, in: browser.cookies) }
    }

    @Test("A pushed request is carried out as it was pushed, whatever the browser adds")
    func happy() async throws {
        let browser = BrowserDouble(try await bench())
        let issued = try await push(browser.bench, "web", ["scope": "openid email"])
        #expect(
            issued.uri.reveal().hasPrefix("urn:ietf:params:oauth:request_uri:") && issued.expiresIn == .seconds(300))
        let added = [("scope", "openid phone"), ("redirect_uri", "https://evil.example/"), ("prompt", "none")]
        #expect(try await open(browser, issued.uri, also: added) == .page(.chooseProvider(["wxapp", "wechat"])))
        let tokens = try await browser.bench.redeem(#require(browser.signIn().code))
        #expect(tokens.scope == "openid email")
    }

    @Test("It may be brought again until it is answered, and not after that")
    func reload() async throws {
        let browser = BrowserDouble(try await bench())
        let uri = try await push(browser.bench).uri
        for _ in 0..<2 { #expect(try await open(browser, uri) == .page(.chooseProvider(["wxapp", "wechat"]))) }
        #expect(try await browser.signIn().code != nil)
        #expect(try await open(browser, uri) == .dead(.invalidRequest))
        let silent = try await push(browser.bench, "web", ["prompt": "none"]).uri
        #expect(try await open(browser, silent).code != nil)
        #expect(try await open(browser, silent) == .dead(.invalidRequest))
    }

    @Test("It is answered once, whichever browsers bring it, also with an error")
    func answeredOnce() async throws {
        let browser = BrowserDouble(try await bench())
        let other = BrowserDouble(browser.bench)
        let uri = try await push(browser.bench).uri
        for browser in [browser, other] { _ = try await open(browser, uri) }
        #expect(try await browser.signIn().code != nil)
        #expect(try await other.signIn() == .dead(.invalidRequest))
        let refused = try await push(browser.bench, "web", ["prompt": "none"]).uri
        #expect(try await open(BrowserDouble(browser.bench), refused) == .error(.loginRequired))
        #expect(try await open(browser, refused) == .dead(.invalidRequest))
        let cancelled = try await push(browser.bench, "web", ["prompt": "login"]).uri
        _ = try await open(browser, cancelled)
        let transaction = try #require(browser.transaction)
        _ = try await browser.bench.service.cancel(transaction, in: browser.cookies)
        #expect(try await open(browser, cancelled) == .dead(.invalidRequest))
    }

    @Test("It expires, but a person who has begun may finish")
    func expiry() async throws {
        let browser = BrowserDouble(try await bench())
        let uri = try await push(browser.bench).uri
        _ = try await open(browser, uri)
        browser.bench.clock.advance(by: .seconds(300))
        #expect(try await open(BrowserDouble(browser.bench), uri) == .dead(.invalidRequest))
        #expect(try await browser.signIn().code != nil)
    }

    @Test("Another client cannot use it, and neither can one that goes unnamed")
    func otherClient() async throws {
        let browser = BrowserDouble(try await bench())
        let uri = try await push(browser.bench).uri
        #expect(try await open(browser, uri, client: "legacy") == .dead(.invalidRequest))
        #expect(try await open(browser, uri, client: "") == .dead(.invalidRequest))
    }

    @Test("What was never pushed is refused on a page, and another request_uri by its name")
    func unknown() async throws {
        let browser = BrowserDouble(try await bench())
        for text in ["", "x", BoundSecret(.seeded(7)).text.reveal()] {
            let uri = Secret("urn:ietf:params:oauth:request_uri:\(text)")
            #expect(try await open(browser, uri) == .dead(.invalidRequest))
        }
        let sight = try await browser.open("web", ["request_uri": "https://app.example.com/request"])
        #expect(sight == .error(.requestURINotSupported))
    }

    @Test(
        "It is checked as one that a browser brings",
        arguments: [
            (["redirect_uri": "https://evil.example/"], OAuthError.Code.invalidRequest),
            (["redirect_uri": nil], .invalidRequest), (["response_type": "token"], .unsupportedResponseType),
            (["code_challenge_method": "plain"], .invalidRequest), (["code_challenge": nil], .invalidRequest),
            (["request_uri": "urn:ietf:params:oauth:request_uri:x"], .requestURINotSupported),
            (["request": "e30.e30."], .requestNotSupported), (["client_id": "legacy"], .invalidRequest),
            (["id_token_hint": "a.b.c"], .invalidRequest), (["prompt": "none login"], .invalidRequest),
        ] as [([String: String?], OAuthError.Code)])
    func refused(changes: [String: String?], code: OAuthError.Code) async throws {
        let bench = try await bench()
        #expect(try await refusal { try await push(bench, "web", changes) }.code == code)
        #expect(try await bench.records(PushedRequest.self).isEmpty)
    }

    @Test("A parameter twice is refused")
    func repeated() async throws {
        let bench = try await bench()
        let error = try await refusal {
            try await bench.service.push("\(RequestBench.query())&scope=openid", by: bench.client("web"))
        }
        #expect(error.code == .invalidRequest)
    }

    @Test("A client that has to push is answered with an error if a browser brings its parameters")
    func required() async throws {
        let browser = BrowserDouble(try await bench())
        #expect(try await browser.open("bank") == .error(.invalidRequest))
        let uri = try await push(browser.bench, "bank").uri
        #expect(try await open(browser, uri, client: "bank") == .page(.chooseProvider(["wxapp", "wechat"])))
        #expect(try await browser.signIn().code != nil)
    }

    @Test("A client that may not get codes can push nothing")
    func unauthorized() async throws {
        let bench = try await bench()
        #expect(try await refusal { try await push(bench, "machine") }.code == .unauthorizedClient)
    }

    @Test("A redirect URI that is withdrawn after the push is not answered at")
    func withdrawn() async throws {
        let browser = BrowserDouble(try await bench())
        let uri = try await push(browser.bench, "web", ["prompt": "none"]).uri
        let moved = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(redirectURIs: ["https://app.example.com/moved"]))
        try browser.bench.service.replaceClients(with: ClientDirectory([moved]))
        #expect(try await open(browser, uri) == .dead(.invalidRequest))
    }
}
