import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Consent and confirmation")
struct ConsentTests {
    @Test("A person allows an app what it asks for, and is asked again only for more")
    func allow() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let page = try await browser.login("partner", ["scope": "openid email"])
        #expect((page.status, page.heading) == (200, "Allow Partner?"))
        #expect(page.text.contains("Your email address") && !page.text.contains("Your postal address"))
        let answer = try await browser.press("allow", on: page)
        #expect(answer.status == 303, "307 would post the form again")
        #expect(try await bench.redeem(answer.answered["code"], as: "partner:\(ServiceBench.secret)").status == 200)
        #expect(
            try await browser.open(FrontBench.request("partner", ["scope": "openid email"])).answered["code"] != nil)
        #expect(try await browser.open(FrontBench.request("partner")).heading == "Allow Partner?")
    }

    @Test(
        "A person who does not agree goes back to the app (fapi2 user-rejects-authentication)",
        arguments: ["deny", "cancel"])
    func deny(action: String) async throws {
        let browser = Browser(try await FrontBench.make())
        let page = try await browser.login("partner")
        let answer = try await browser.press(action, on: page)
        #expect(answer.status == 303 && answer.answered["error"] == "access_denied")
        #expect(answer.answered["state"] == "af0ifjsldkj" && answer.answered["iss"] == ServiceBench.issuer)
        let late = try await browser.press("allow", on: page)
        #expect(late.status == 400 && late.location == nil)
    }

    @Test("An address that proves no app is confirmed each time (RFC 8252 §8.6)")
    func confirm() async throws {
        let browser = Browser(try await FrontBench.make())
        let changes: [String: String?] = ["redirect_uri": "http://127.0.0.1:49152/cb"]
        var page = try await browser.login("phone", changes)
        for _ in 0..<2 {
            #expect(page.heading == "Continue to Phone?" && page.text.contains(#"data-action="continue""#))
            let answer = try await browser.press("continue", on: page)
            #expect(answer.location?.hasPrefix("http://127.0.0.1:49152/cb?code=") == true)
            page = try await browser.open(FrontBench.request("phone", changes))
        }
    }

    @Test(
        "A form that comes from another site is not carried out",
        arguments: [
            ("https://evil.example", nil), ("null", nil), ("https://login.example.com:444", nil),
            ("http://login.example.com", nil), (nil, "cross-site"), (nil, "same-site"),
            (ServiceBench.issuer, "cross-site"),
        ] as [(String?, String?)])
    func crossSite(origin: String?, site: String?) async throws {
        let browser = Browser(try await FrontBench.make())
        let page = try await browser.login("partner")
        var headers: HTTPFields = [:]
        if let site { headers[.secFetchSite] = site }
        for action in ["allow", "deny"] {
            let answer = try await browser.press(action, on: page, origin: origin, headers: headers)
            #expect((answer.status, answer.heading) == (400, "This page is out of date"))
            #expect(answer.location == nil)
        }
        #expect(browser.bench.store.auditEvents.filter { $0.failure == "access_denied" }.count == 2)
        // Nothing was decided.
        #expect(
            try await browser.press("allow", on: page, headers: [.secFetchSite: "same-origin"]).answered["code"] != nil)
    }

    @Test("A form needs the token of this browser, session and login", arguments: [nil, "", "AAAA"] as [String?])
    func token(token: String?) async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let page = try await browser.login("partner")
        #expect(
            try await browser.press("allow", on: page, changing: ["token": token]).heading == "This page is out of date"
        )
        let other = try await browser.open(FrontBench.request("partner", ["state": "two"]))
        let foreign = try #require(other.firstMatch(#/name="token" value="([^"]*)"/#)).unescaped
        let answer = try await browser.press("allow", on: page, changing: ["token": foreign])
        #expect(answer.heading == "This page is out of date", "the token of another tab's login")
        // Someone else signs in in another tab: what the page showed to the one before is not theirs to allow.
        _ = try await browser.login("web", ["prompt": "login"], person: "grace")
        #expect(try await browser.press("allow", on: page).heading == "This page is out of date")
    }

    @Test("A form that says nothing to do does nothing", arguments: ["", "approve"])
    func unknownAction(action: String) async throws {
        let browser = Browser(try await FrontBench.make())
        let page = try await browser.login("partner")
        #expect(try await browser.press(action, on: page).status == 400)
        #expect(try await browser.press("allow", on: page).answered["code"] != nil)
    }

    @Test("A page that would ask is skipped where nothing is to be asked")
    func nothingToAsk() async throws {
        let browser = Browser(try await FrontBench.make())
        let address = try #require(try await browser.get(FrontBench.request("partner")).location)
        let page = try await browser.open(address.replacing("/login?", with: "/consent?"))
        #expect(page.heading == "Sign in")
    }
}
