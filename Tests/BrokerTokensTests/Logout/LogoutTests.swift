import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Logout that a client asks for")
struct LogoutTests {
    private static let goodbye = "https://app.example.com/goodbye"

    private static func clients() throws -> [TokenClient] {
        func client(_ id: String, backchannel: Bool = true) throws -> TokenClient {
            try TokenClient(
                id: id, authentication: .secret(Secret(TokenBench.secret)),
                grants: [.authorizationCode, .refreshToken], audiences: [TokenBench.audience],
                authorization: AuthorizationSettings(
                    redirectURIs: [RequestBench.redirectURI], postLogoutRedirectURIs: [goodbye],
                    backchannelLogoutURI: backchannel ? "https://\(id).example.com/logout-token" : nil))
        }
        return [try client("web"), try client("shop"), try client("quiet", backchannel: false)]
    }

    private func bench() async throws -> LoginBench { try await LoginBench(clients: Self.clients()) }

    private func logOut(
        _ browser: BrowserDouble,
        _ parameters: [(String, String)],
        isConfirmed: Bool = false
    ) async throws -> LogoutProgress {
        try await browser.bench.service.logOut(
            RequestBench.form(parameters), in: browser.cookies, isConfirmed: isConfirmed)
    }

    private func isSignedIn(_ browser: BrowserDouble) async throws -> Bool {
        try await browser.open("web", ["prompt": "none"]).code != nil
    }

    @Test("With the ID token of this session it ends at once, and the browser goes back with the state")
    func happy() async throws {
        let browser = BrowserDouble(try await bench())
        let tokens = try await browser.bench.redeem(browser.code())
        let hint = try #require(tokens.idToken).reveal()
        browser.bench.clock.advance(by: .seconds(3600))
        let progress = try await logOut(
            browser,
            [
                ("id_token_hint", hint), ("post_logout_redirect_uri", Self.goodbye), ("state", "s 1"),
                ("client_id", "web"),
            ])
        #expect(progress == .signedOut(destination: Self.goodbye + "?state=s%201"))
        #expect(try await !isSignedIn(browser))
        #expect(try await refusal { try await browser.bench.refresh(tokens.refreshToken) }.code == .invalidGrant)
    }

    @Test("Without a state there is none in the address, and without an address a page")
    func withoutState() async throws {
        let browser = BrowserDouble(try await bench())
        for (parameters, destination) in [
            ([("post_logout_redirect_uri", Self.goodbye)], Self.goodbye), ([], nil), ([("state", "s")], nil),
        ] as [([(String, String)], String?)] {
            let hint = try #require(try await browser.bench.redeem(browser.code()).idToken).reveal()
            let progress = try await logOut(browser, [("id_token_hint", hint)] + parameters)
            #expect(progress == .signedOut(destination: destination))
        }
    }

    @Test("Without an ID token, or with one that is not ours, the person is asked, and the browser goes nowhere")
    func unproven() async throws {
        let browser = BrowserDouble(try await bench())
        let tokens = try await browser.bench.redeem(browser.code())
        let hint = try #require(tokens.idToken).reveal()
        let forged = hint.dropLast(4) + "AAAA"
        let hints: [[(String, String)]] = [
            [], [("id_token_hint", String(forged))], [("id_token_hint", "x")],
            [("id_token_hint", tokens.accessToken.reveal())],
            [("id_token_hint", hint), ("client_id", "shop")], [("client_id", "web")],
        ]
        for parameters in hints {
            let parameters = parameters + [("post_logout_redirect_uri", Self.goodbye)]
            #expect(try await logOut(browser, parameters) == .ask, "\(parameters.map(\.0))")
            #expect(try await isSignedIn(browser))
        }
        #expect(
            try await logOut(browser, [("post_logout_redirect_uri", Self.goodbye)], isConfirmed: true)
                == .signedOut(destination: nil))
        #expect(try await !isSignedIn(browser))
    }

    @Test(
        "An address that is not registered, byte by byte, is not gone to",
        arguments: [
            "https://evil.example/", "https://app.example.com/goodbye/", "https://app.example.com/goodbye?a=b",
            "https://app.example.com/callback", "javascript:alert(1)",
        ])
    func unregistered(uri: String) async throws {
        let browser = BrowserDouble(try await bench())
        let hint = try #require(try await browser.bench.redeem(browser.code()).idToken).reveal()
        let progress = try await logOut(
            browser, [("id_token_hint", hint), ("post_logout_redirect_uri", uri)])
        #expect(progress == .signedOut(destination: nil))
    }

    @Test("The ID token of another session of the same person ends nothing by itself either")
    func otherSessionOfPerson() async throws {
        let browser = BrowserDouble(try await bench())
        let hint = try #require(try await browser.bench.redeem(browser.code()).idToken).reveal()
        let other = BrowserDouble(browser.bench)
        _ = try await other.code()
        #expect(try await logOut(other, [("id_token_hint", hint)]) == .ask)
        for browser in [other, browser] { #expect(try await isSignedIn(browser)) }
    }

    @Test("The ID token of another session, or of another person, ends nothing by itself")
    func otherSession() async throws {
        let browser = BrowserDouble(try await bench())
        let old = try #require(try await browser.bench.redeem(browser.code()).idToken).reveal()
        let other = BrowserDouble(browser.bench)
        _ = try await other.code("web", person: "grace")
        let parameters = [("id_token_hint", old), ("post_logout_redirect_uri", Self.goodbye)]
        #expect(try await logOut(other, parameters) == .ask)
        for browser in [other, browser] { #expect(try await isSignedIn(browser)) }
        #expect(try await logOut(other, parameters, isConfirmed: true) == .signedOut(destination: Self.goodbye))
        #expect(try await !isSignedIn(other))
        #expect(try await isSignedIn(browser), "it was the session of the cookie that ended")
    }

    @Test("Without a session there is nothing to ask")
    func noSession() async throws {
        let browser = BrowserDouble(try await bench())
        let hint = try #require(try await browser.bench.redeem(browser.code()).idToken).reveal()
        browser.session = nil
        let parameters = [("id_token_hint", hint), ("post_logout_redirect_uri", Self.goodbye)]
        #expect(try await logOut(browser, parameters) == .signedOut(destination: Self.goodbye))
        #expect(try await logOut(browser, []) == .signedOut(destination: nil))
    }

    @Test("A parameter that occurs twice is refused")
    func repeated() async throws {
        let browser = BrowserDouble(try await bench())
        _ = try await browser.code()
        let error = try await refusal { try await logOut(browser, [("state", "1"), ("state", "2")]) }
        #expect(error.code == .invalidRequest)
    }

    @Test("Every client with a part in the session that wants to know is told, and no other")
    func told() async throws {
        let browser = BrowserDouble(try await bench())
        let bench = browser.bench
        let tokens = try await bench.redeem(browser.code())
        _ = try await browser.open("quiet")
        let stranger = BrowserDouble(bench)
        _ = try await stranger.code("shop", person: "grace")
        #expect(try await logOut(browser, [], isConfirmed: true) == .signedOut(destination: nil))
        let notices = try await bench.records(LogoutNotice.self)
        #expect(notices.map { $0.body.deliveries.map(\.client) } == [["web"]])
        let notice = try #require(notices.first)
        #expect(notice.expiry == bench.clock.date + .seconds(24 * 3600))
        let deliveries = try await due(bench)
        #expect(deliveries.map(\.uri) == ["https://web.example.com/logout-token"])
        let token = try #require(deliveries.first).token
        let verifier = TokenVerifier(
            issuer: TokenBench.issuer, keys: .shared(bench.keys),
            clock: BrokerClock(bench.clock, now: bench.clock.wallClock), leeway: .none)
        let claims = try await verifier.verify(token.reveal(), as: .logoutToken).members
        let (idToken, now) = (try await bench.idToken(tokens), bench.clock.date.wholeSeconds)
        #expect(claims["sid"] == idToken["sid"] && claims["sub"] == idToken["sub"] && claims["aud"] == "web")
        #expect(claims["iat"]?.int64 == now && claims["exp"]?.int64 == now + 120 && claims["nonce"] == nil)
        #expect(claims["events"] == ["http://schemas.openid.net/event/backchannel-logout": [:]])
        #expect(claims["jti"]?.string != nil && claims.count == 8)
        #expect(try await due(bench).isEmpty, "who has taken it delivers it")
        bench.clock.advance(by: LogoutNotice.claim)
        let again = try await due(bench)
        let second = try await verifier.verify(try #require(again.first).token.reveal(), as: .logoutToken).members
        #expect(second["jti"] != claims["jti"], "each attempt has a token of its own")
        #expect(try await bench.service.idTokenHint(token) == nil, "it is no ID token")
    }

    @Test("A client that gets a code while the session ends is told as well")
    func toldInRace() async throws {
        let browser = BrowserDouble(try await bench())
        _ = try await browser.code()
        let bench = browser.bench
        let stale = try #require(try await bench.records(Session.self).first.flatMap(StoredSession.init))
        #expect(try await browser.open("shop").code != nil)
        #expect(try await bench.service.end(stale))
        let notice = try #require(try await bench.records(LogoutNotice.self).first)
        #expect(notice.body.deliveries.map(\.client) == ["shop", "web"])
    }

    @Test("It is tried after 2, 10 and 60 seconds, and then with doubling pauses")
    func retries() async throws {
        let browser = BrowserDouble(try await bench())
        let bench = browser.bench
        _ = try await browser.code()
        _ = try await browser.open("shop")
        _ = try await logOut(browser, [], isConfirmed: true)
        let taken = try await due(bench)
        let shop = try #require(taken.first { $0.due.client == "shop" }).due
        try await bench.service.noteLogout(#require(taken.first { $0.due.client == "web" }).due, succeeded: true)
        try await bench.service.noteLogout(shop, succeeded: false)
        bench.clock.advance(by: .seconds(2))
        for pause in [10, 60, 120, 240, 480] {
            #expect(try await due(bench).map(\.due) == [shop])
            try await bench.service.noteLogout(shop, succeeded: false)
            bench.clock.advance(by: .seconds(pause - 1))
            #expect(try await due(bench).isEmpty, "\(pause)")
            bench.clock.advance(by: .seconds(1))
        }
        try await bench.service.noteLogout(shop, succeeded: true)
        #expect(try await bench.records(LogoutNotice.self).isEmpty)
        try await bench.service.noteLogout(shop, succeeded: false)
        #expect(try await due(bench).isEmpty)
    }

    @Test("Of any number of processes, one delivers a logout token")
    func claims() async throws {
        let browser = BrowserDouble(try await bench())
        let bench = browser.bench
        _ = try await browser.code()
        _ = try await logOut(browser, [], isConfirmed: true)
        let due = try #require(try await bench.service.dueLogouts().due.first)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { try await bench.service.claim(due) != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("A client that is gone is told no more")
    func clientGone() async throws {
        let browser = BrowserDouble(try await bench())
        let bench = browser.bench
        _ = try await browser.code()
        _ = try await logOut(browser, [], isConfirmed: true)
        try bench.service.replaceClients(with: ClientDirectory([]))
        #expect(try await due(bench).isEmpty)
        #expect(try await bench.records(LogoutNotice.self).isEmpty)
    }

    /// Takes what is due, as whoever delivers it does.
    private func due(_ bench: LoginBench) async throws -> [LogoutDelivery] {
        var deliveries: [LogoutDelivery] = []
        for due in try await bench.service.dueLogouts().due {
            if let delivery = try await bench.service.claim(due) { deliveries.append(delivery) }
        }
        return deliveries
    }

    @Test("Addresses of a client for logout are checked")
    func settings() throws {
        func make(goodbye: String = Self.goodbye, backchannel: String? = nil) throws {
            _ = try TokenClient(
                id: "web", authentication: .secret(Secret(TokenBench.secret)), audiences: ["a"],
                authorization: AuthorizationSettings(
                    postLogoutRedirectURIs: [goodbye], backchannelLogoutURI: backchannel))
        }
        for uri in ["https://web.example.com/l", "http://127.0.0.1:80/l"] {
            #expect(throws: Never.self) { try make(backchannel: uri) }
        }
        for uri in ["http://web.example.com/l", "com.example.app:/l", "", "http://localhost/l"] {
            #expect(throws: BrokerError.self, "\(uri)") { try make(backchannel: uri) }
        }
        #expect(throws: BrokerError.self) { try make(goodbye: "javascript:alert(1)") }
    }
}
