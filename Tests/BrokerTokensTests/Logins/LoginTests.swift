import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Logins in a browser")
struct LoginTests {
    @Test("A request that needs a page is kept, however often the page is reloaded, and answered once")
    func pages() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let choice = BrowserDouble.Sight.page(.chooseProvider(["wxapp", "wechat"]))
        #expect(try await browser.open() == choice)
        let transaction = try #require(browser.transaction)
        for _ in 0..<3 { #expect(try await browser.reload() == choice) }
        #expect(browser.transaction == transaction)
        #expect(try await bench.records(LoginTransaction.self).count == 1)
        #expect(try await browser.signIn().code != nil)
        #expect(try await bench.records(LoginTransaction.self).isEmpty)
        #expect(try await browser.reload() == .dead(.invalidRequest), "it was answered")
        #expect(try await browser.signIn() == .dead(.invalidRequest))
    }

    @Test("Nothing of a request that is answered at once is kept")
    func nothingKept() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired))
        #expect(try await browser.open("web", ["response_type": "token"]) == .error(.unsupportedResponseType))
        #expect(try await browser.open("absent") == .dead(.invalidRequest))
        #expect(try await bench.records(LoginTransaction.self).isEmpty)
        #expect(
            bench.events(.authorization).map(\.failure) == [
                "login_required", "unsupported_response_type", "invalid_request",
            ])
    }

    @Test("A flood of refused requests does not fill the audit log, also in the name of a confidential client")
    func flood() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        for _ in 0..<200 { _ = try await browser.open("web", ["prompt": "none"]) }
        #expect(bench.events(.authorization).count < 10)
    }

    @Test("Each tab has its own request")
    func tabs() async throws {
        let bench = try await LoginBench()
        let (first, second) = (BrowserDouble(bench), BrowserDouble(bench))
        _ = try await first.open("web", ["state": "one"])
        second.browser = first.browser
        _ = try await second.open("legacy", ["state": "two"])
        #expect(first.browser == second.browser && first.transaction != second.transaction)
        let tokens = try await bench.redeem(#require(second.signIn().code), as: "legacy")
        first.session = second.session
        let code = try #require(try await first.reload().code, "the session of the other tab is this one's too")
        #expect(try await bench.redeem(code).account == tokens.account)
    }

    @Test("A request that was begun in another browser cannot be finished (CVE-2022-39222)")
    func otherBrowser() async throws {
        let bench = try await LoginBench()
        let (attacker, victim) = (BrowserDouble(bench), BrowserDouble(bench))
        _ = try await attacker.open()
        for browser in [nil, BoundSecret(.seeded(4)).text, Secret("")] {
            (victim.transaction, victim.browser) = (attacker.transaction, browser)
            #expect(try await victim.reload() == .dead(.invalidRequest))
            #expect(try await victim.signIn() == .dead(.invalidRequest))
            #expect(try await victim.confirm() == .dead(.invalidRequest))
        }
        #expect(victim.session == nil)
        #expect(
            try await attacker.reload() == .page(.chooseProvider(["wxapp", "wechat"])), "and no one else was signed in")
        #expect(try await bench.records(Session.self).isEmpty)
    }

    @Test("A person has half an hour")
    func expiry() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open()
        bench.clock.advance(by: .seconds(1799))
        #expect(try await browser.reload() == .page(.chooseProvider(["wxapp", "wechat"])))
        bench.clock.advance(by: .seconds(1))
        #expect(try await browser.reload() == .dead(.invalidRequest))
        #expect(try await browser.signIn() == .dead(.invalidRequest))
    }

    @Test("What was asked for survives the login: challenge, nonce, state, redirect URI (FerrisKey PR 1245)")
    func survives() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("web", ["nonce": "n-1", "state": "s-1", "scope": "openid email"])
        let code = try #require(try await browser.signIn().code)
        #expect(try await refusal { try await bench.redeem(code, verifier: nil) }.code == .invalidGrant)
        let tokens = try await bench.redeem(code)
        #expect(try await bench.idToken(tokens)["nonce"] == "n-1" && tokens.scope == "openid email")
    }

    @Test("prompt=login asks for one login, with a later auth_time")
    func promptLogin() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let first = try await bench.idToken(bench.redeem(browser.code()))
        bench.clock.advance(by: .seconds(5))
        #expect(try await browser.open("web", ["prompt": "login"]) == .page(.chooseProvider(["wxapp", "wechat"])))
        let second = try await bench.idToken(bench.redeem(#require(browser.signIn().code)))
        let (before, after) = (try #require(first["auth_time"]?.int64), try #require(second["auth_time"]?.int64))
        #expect(after == before + 5)
    }

    @Test("max_age counts from the upstream's auth_time")
    func maxAge() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("web", ["max_age": "100"])
        let login = try await bench.login()
        let signedIn = login.event.time
        var earlier = CompletedLogin(login, at: signedIn - .seconds(1000))
        #expect(try await browser.signIn(earlier) == .error(.loginRequired))
        _ = try await browser.open("web", ["max_age": "100"])
        earlier = CompletedLogin(login, at: signedIn - .seconds(50))
        let tokens = try await bench.redeem(#require(browser.signIn(earlier).code))
        #expect(try await bench.idToken(tokens)["auth_time"]?.int64 == signedIn.wholeSeconds - 50)
        #expect(try await browser.open("web", ["max_age": "50", "prompt": "none"]).code != nil)
        #expect(try await browser.open("web", ["max_age": "49", "prompt": "none"]) == .error(.loginRequired))
    }

    @Test("With the hint of the last ID token, prompt=none succeeds, also when the token has long expired")
    func hint() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let hint = try #require(try await bench.redeem(browser.code()).idToken).reveal()
        bench.clock.advance(by: .seconds(11 * 3600))
        #expect(try await browser.open("web", ["prompt": "none", "id_token_hint": hint]).code != nil)
        let other = BrowserDouble(bench)
        _ = try await other.code("web", person: "grace")
        #expect(try await other.open("web", ["prompt": "none", "id_token_hint": hint]) == .error(.loginRequired))
        #expect(try await other.open("web", ["id_token_hint": hint]) == .page(.chooseProvider(["wxapp", "wechat"])))
        #expect(try await other.signIn("grace") == .error(.loginRequired), "never a code for another person")
        #expect(try await other.open("web", ["id_token_hint": hint]) == .page(.chooseProvider(["wxapp", "wechat"])))
        #expect(try await other.signIn("ada").code != nil)
    }

    @Test("A hint is accepted after its key has left the key set, and not after the key was withdrawn")
    func hintAfterRotation() async throws {
        let bench = try await LoginBench(
            sessions: SessionLifetimes(idle: .seconds(720 * 3600), lifetime: .seconds(720 * 3600)))
        let browser = BrowserDouble(bench)
        let hint = try #require(try await bench.redeem(browser.code()).idToken)
        let kid = try SignedToken(hint.reveal()).keyID
        // Every process would: once the key has been over for an hour, it is removed.
        try await bench.keys.rotate(immediately: true)
        for _ in 0..<3 {
            bench.clock.advance(by: bench.keys.rotation.retention + .seconds(3600))
            try await bench.keys.refresh()
        }
        #expect(try !bench.keys.publishedIDs().contains(kid))
        #expect(try await browser.open("web", ["prompt": "none", "id_token_hint": hint.reveal()]).code != nil)
        _ = try await bench.keys.withdraw()
        #expect(try await browser.open("web", ["id_token_hint": hint.reveal()]) == .error(.invalidRequest))
    }

    @Test("A hint that is not ours, is forged, or is no ID token is an invalid request")
    func forgedHint() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let tokens = try await bench.redeem(browser.code())
        let hint = try #require(tokens.idToken).reveal()
        let parts = hint.split(separator: ".").map(String.init)
        let stranger = try Forge(key: TokenSigningKey.generate(for: .es256), now: bench.clock.date)
        let hints = [
            "a.b.c", "x", tokens.accessToken.reveal(), "\(parts[0]).\(parts[1]).AAAA", "\(parts[0]).\(parts[1]).",
            try stranger.token(header: stranger.header(type: "JWT")),
        ]
        for hint in hints {
            #expect(try await browser.open("web", ["id_token_hint": hint]) == .error(.invalidRequest), "\(hint)")
        }
    }

    @Test("A subject in the parameter claims is a hint that has to agree with the other one")
    func subject() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let tokens = try await bench.redeem(browser.code())
        func claims(_ subject: String) -> String { #"{"id_token":{"sub":{"value":"\#(subject)"}}}"# }
        let (mine, hint) = (claims(tokens.account.description), try #require(tokens.idToken).reveal())
        #expect(try await browser.open("web", ["prompt": "none", "claims": mine]).code != nil)
        #expect(try await browser.open("web", ["prompt": "none", "claims": claims("other")]) == .error(.loginRequired))
        #expect(try await browser.open("web", ["claims": mine, "id_token_hint": hint]).code != nil)
        #expect(
            try await browser.open("web", ["claims": claims("x"), "id_token_hint": hint]) == .error(.invalidRequest))
    }

    @Test("A person confirms a client whose redirect URI proves none, each time")
    func confirmation() async throws {
        let bench = try await LoginBench(providers: ["wxapp"])
        let browser = BrowserDouble(bench)
        let uri = "http://127.0.0.1:50123/callback"
        #expect(try await browser.open("phone", redirectURI: uri) == .page(.signIn("wxapp")))
        #expect(try await browser.signIn() == .page(.confirm))
        let code = try #require(try await browser.confirm().code)
        _ = try await bench.redeem(code, as: "phone", redirectURI: uri)
        #expect(try await browser.open("phone", redirectURI: uri) == .page(.confirm))
        #expect(try await browser.open("phone", redirectURI: uri, ["prompt": "none"]) == .error(.interactionRequired))
    }

    @Test("Only the page that asks confirms, not one before it")
    func confirmedOnlyThere() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let choice = BrowserDouble.Sight.page(.chooseProvider(["wxapp", "wechat"]))
        #expect(try await browser.open("phone", redirectURI: "com.example.phone:/callback") == choice)
        #expect(try await browser.confirm() == choice)
        #expect(try await browser.signIn() == .page(.confirm))
        #expect(try await browser.confirm().code != nil)
    }

    @Test("A login at a provider that the request does not allow changes nothing")
    func foreignProvider() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("shop")
        _ = try await browser.signIn("grace", at: "wechat")
        _ = try await browser.open("shop", ["prompt": "login"])
        #expect(try await browser.signIn("grace", at: "wxapp") == .dead(.accessDenied))
        _ = try await browser.open("web", ["provider": "wechat", "prompt": "login"])
        #expect(try await browser.signIn("grace", at: "wxapp") == .dead(.accessDenied))
        #expect(try await browser.open("shop", ["prompt": "none"]).code != nil, "the session is as it was")
    }

    @Test("The session of a login that ends in an error is there all the same")
    func sessionAfterError() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.code()
        _ = try await browser.open("web", ["max_age": "100", "prompt": "login"])
        let login = try await bench.login()
        let old = CompletedLogin(login, at: login.event.time - .seconds(1000))
        #expect(try await browser.signIn(old) == .error(.loginRequired))
        #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
        #expect(try await bench.records(Session.self).count == 1)
    }

    @Test("A client that begins to need PKCE while a request without it is under way gets nothing (goiabada #241)")
    func pkceMeanwhile() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let plain: [String: String?] = ["code_challenge": nil, "code_challenge_method": nil]
        let code = try await browser.code("legacy", plain)
        _ = try await browser.open("legacy", plain.merging(["prompt": "login"]) { $1 })
        let strict = try TokenClient(
            id: "legacy", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(redirectURIs: [RequestBench.redirectURI]))
        try bench.service.replaceClients(with: ClientDirectory([strict]))
        #expect(try await browser.signIn() == .dead(.invalidRequest))
        #expect(try await refusal { try await bench.redeem(code, as: "legacy", verifier: nil) }.code == .invalidGrant)
    }

    @Test("A person who does not agree answers the client, and the request is forgotten")
    func cancelled() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("web", ["state": "s-1"])
        let transaction = try #require(browser.transaction)
        let response = RequestBench.ResponseSummary(
            try await bench.service.cancel(transaction, in: browser.cookies))
        #expect(response.parameters["error"] == "access_denied" && response.parameters["state"] == "s-1")
        #expect(try await browser.reload() == .dead(.invalidRequest))
        #expect(bench.events(.authorization).map(\.failure) == ["access_denied"])
    }

    @Test("A client that is removed, or loses its redirect URI, while a page is open gets nothing (goiabada #241)")
    func clientChanged() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open()
        let moved = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(redirectURIs: ["https://app.example.com/moved"]))
        for clients in [[], [moved]] {
            try bench.service.replaceClients(with: ClientDirectory(clients))
            #expect(try await browser.reload() == .dead(.invalidRequest))
            #expect(try await browser.signIn() == .dead(.invalidRequest))
        }
        #expect(try await bench.records(IssuedCode.self).isEmpty)
    }

    @Test("Of many tabs that finish one request at once, one gets a code")
    func race() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("partner")
        #expect(try await browser.signIn() == .page(.askConsent("openid profile")))
        let (transaction, cookies) = (try #require(browser.transaction), browser.cookies)
        let codes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    if case .answer = try? await bench.service.allow(transaction, in: cookies) { true } else { false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(codes == 1)
        #expect(try await bench.records(IssuedCode.self).count == 1)
    }

    @Test("A client learns that the store fails, if it can be proven who it is")
    func storeFailure() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        bench.store.fail(.commit)
        #expect(try await browser.open() == .error(.temporarilyUnavailable))
        bench.store.recover()
        _ = try await browser.open()
        bench.store.fail(.record)
        #expect(try await browser.reload() == .dead(.temporarilyUnavailable))
    }
}

extension CompletedLogin {
    /// The same login as an upstream reports it that knows when the person signed in.
    fileprivate init(_ login: CompletedLogin, at time: Date) {
        self.init(
            account: login.account, provider: login.provider, upstream: login.upstream,
            event: AuthenticationEvent(time: time, methods: ["pwd"], contextClass: "urn:a"))
    }
}
