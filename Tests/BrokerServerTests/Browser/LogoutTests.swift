import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Signing out, and the account page")
struct LogoutTests {
    private func signedIn() async throws -> (browser: Browser, idToken: String) {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let tokens = try await bench.redeem(browser.login().answered["code"])
        return (browser, try #require(tokens["id_token"]))
    }

    private func isSignedIn(_ browser: Browser) async throws -> Bool {
        try await browser.open(FrontBench.request("web", ["prompt": "none"])).answered["code"] != nil
    }

    private func address(_ parameters: [String: String]) -> String {
        "/oauth2/logout?" + parameters.map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }

    @Test("An ID token of the session signs out at once, and leads back to the app (oidcc-rp-initiated-logout)")
    func proven() async throws {
        let (browser, token) = try await signedIn()
        let answer = try await browser.get(
            address([
                "id_token_hint": token, "post_logout_redirect_uri": "https://app.example.com/bye", "state": "s 1",
            ]))
        #expect(answer.status == 303 && answer.location == "https://app.example.com/bye?state=s%201")
        #expect(browser.cookies[browser.bench.endpoints.front.cookies.session] == nil)
        #expect(try await !isSignedIn(browser))
    }

    @Test(
        "Without proof the person is asked, and goes nowhere else",
        arguments: [
            [:], ["state": "x"], ["post_logout_redirect_uri": "https://app.example.com/bye"], ["client_id": "web"],
            ["id_token_hint": "a.b.c", "post_logout_redirect_uri": "https://app.example.com/bye"],
        ] as [[String: String]])
    func asked(parameters: [String: String]) async throws {
        let (browser, _) = try await signedIn()
        let page = try await browser.get(address(parameters))
        #expect((page.status, page.heading) == (200, "Sign out?"))
        #expect(try await isSignedIn(browser), "a link from another site ends nothing")
        for (origin, changes) in [("https://evil.example", [:]), (ServiceBench.issuer, ["token": "AAAA"])]
            as [(String, [String: String?])]
        {
            #expect(
                try await browser.press("", on: page, origin: origin, changing: changes).heading
                    == "This page is out of date")
        }
        #expect(try await isSignedIn(browser))
        let answer = try await browser.press("", on: page)
        #expect(answer.status == 303 && answer.location == "\(ServiceBench.issuer)/oauth2/logout")
        #expect(try await browser.follow(answer).heading == "You are signed out")
        #expect(try await !isSignedIn(browser))
    }

    @Test(
        "An address that is not registered is not gone to",
        arguments: ["https://evil.example/", "https://app.example.com/bye?a=b", "javascript:alert(1)"])
    func unregistered(uri: String) async throws {
        let (browser, token) = try await signedIn()
        let answer = try await browser.get(address(["id_token_hint": token, "post_logout_redirect_uri": uri]))
        #expect(answer.status == 200 && answer.location == nil && answer.heading == "You are signed out")
    }

    @Test("A logout that another site posts comes back with the cookies")
    func posted() async throws {
        let (browser, token) = try await signedIn()
        let cookies = browser.cookies
        browser.cookies = [:]
        let posted = try await browser.post(
            "/oauth2/logout", [("id_token_hint", token)], origin: "https://app.example.com")
        let location = try #require(posted.location)
        #expect(posted.status == 303 && !location.contains(token))
        browser.cookies = cookies
        #expect(try await browser.get(location).heading == "You are signed out")
        #expect(try await !isSignedIn(browser))
    }

    @Test("The account page lists what there is, and ends it")
    func account() async throws {
        let bench = try await FrontBench.make()
        let (here, elsewhere, stranger) = (Browser(bench), Browser(bench), Browser(bench))
        _ = try await here.press("allow", on: here.login("partner"))
        _ = try await elsewhere.login()
        _ = try await stranger.login("web", person: "grace")
        let page = try await here.open("/account")
        #expect(page.heading == "Your account")
        let sessions = page.matches(#/data-session="([^"]*)"><p>([^<]*)/#)
        #expect(
            sessions.count == 2 && page.text.contains("This browser") && page.text.contains(#"data-consent="partner""#))
        let other = try #require(sessions.first { !$0.1.contains("·") }).0
        let token = try #require(page.firstMatch(#/name="token" value="([^"]*)"/#)).unescaped
        let foreign = try await stranger.open("/account").text.firstMatch(of: #/data-session="([^"]*)"/#)
        let foreignID = String(try #require(foreign).output.1)
        // No one's but one's own, and nothing from another site.
        _ = try await here.post("/account", [("token", token), ("session", foreignID)])
        #expect(try await isSignedIn(stranger))
        let refused = try await here.post(
            "/account", [("token", token), ("session", other)], origin: "https://evil.example")
        #expect(refused.heading == "This page is out of date")
        #expect(try await isSignedIn(elsewhere))
        let ended = try await here.post("/account", [("token", token), ("session", other)])
        #expect(ended.status == 303 && ended.location == "\(ServiceBench.issuer)/account")
        #expect(try await !isSignedIn(elsewhere))
        _ = try await here.post("/account", [("token", token), ("consent", "partner")])
        #expect(try await here.open("/account").text.contains("data-consent") == false)
    }

    @Test("A person whose login for the account page fails reads why, and can choose again")
    func failedLogin() async throws {
        let browser = Browser(try await FrontBench.make())
        let choice = try await browser.open("/account")
        let redirect = try await browser.get(try #require(choice.link(to: "work")))
        let failure = try await browser.open(browser.callback(of: redirect, code: "!cancelled_by_user.1"))
        #expect(failure.heading == "You didn’t sign in")
        let again = try #require(failure.firstMatch(#/href="([^"]*)" data-action="restart"/#)).unescaped
        let link = try #require(try await browser.open(again).link(to: "work"))
        #expect(try await browser.signIn(after: browser.get(link)).heading == "Your account")
    }

    @Test("Someone who is not signed in signs in for the account page, without an app")
    func signedOut() async throws {
        let browser = Browser(try await FrontBench.make())
        let choice = try await browser.open("/account")
        #expect(choice.status == 200 && choice.heading == "Sign in")
        let redirect = try await browser.get(try #require(choice.link(to: "work")))
        let page = try await browser.signIn(after: redirect)
        #expect(page.heading == "Your account" && page.matches(#/data-session="([^"]*)"><p>([^<]*)/#).count == 1)
        #expect(try await isSignedIn(browser))
    }
}
