import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Answers by form_post")
struct FormPostTests {
    @Test("An app gets its answer by a form that submits itself (oidcc-formpost-server)")
    func toApp() async throws {
        let bench = try await FrontBench.make()
        let page = try await Browser(bench).login("web", ["response_mode": "form_post"])
        #expect(page.status == 200 && page.location == nil)
        let fields = Dictionary(
            page.matches(#/<input type="hidden" name="([^"]*)" value="([^"]*)">/#), uniquingKeysWith: { $1 })
        #expect(fields["state"] == "af0ifjsldkj" && fields["iss"] == ServiceBench.issuer)
        #expect(page.text.contains(#"<form method="post" action="https://app.example.com/callback">"#))
        #expect(page.text.contains("<noscript>"), "it works without scripts")
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("form-action https://app.example.com; script-src 'self'"))
        #expect(!policy.contains("unsafe-inline"))
        let script = try #require(page.firstMatch(#/<script src="([^"]*)">/#))
        let loaded = try await bench.send(.get, script)
        #expect(loaded.headers[.contentType]?.hasPrefix("text/javascript") == true)
        #expect(loaded.text.contains("submit()"))
        #expect(try await bench.redeem(fields["code"]).status == 200)
    }

    @Test("An error goes the same way, and what the app sent is only text")
    func errors() async throws {
        let browser = Browser(try await FrontBench.make())
        let state = #""><script>alert(1)</script>"#
        let page = try await browser.get(
            FrontBench.request("web", ["response_mode": "form_post", "prompt": "none", "state": state]))
        #expect(page.status == 200 && page.text.contains(#"name="error" value="login_required""#))
        #expect(!page.text.contains("<script>alert") && page.text.contains("&lt;script&gt;alert"))
        let fields = page.matches(#/<input type="hidden" name="([^"]*)" value="([^"]*)">/#)
        #expect(fields.contains { $0.0 == "state" && $0.1.unescaped == state })
    }

    @Test("After a form of ours, the browser fetches the page, once and no other browser")
    func afterConsent() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let page = try await browser.login("partner", ["response_mode": "form_post"])
        let posted = try await browser.press("allow", on: page)
        #expect(posted.status == 303)
        let location = try #require(posted.location)
        #expect(location.hasPrefix("\(ServiceBench.issuer)/login?answer="))
        let other = Browser(bench)
        #expect(try await other.open(location).status == 400)
        other.cookies = browser.cookies.mapValues { _ in String(repeating: "A", count: 43) }
        #expect(try await other.open(location).status == 400)
        let form = try await browser.get(location)
        #expect(form.status == 200 && form.text.contains(#"name="code""#))
        #expect(try await browser.get(location).status == 400)
    }

    @Test("An upstream's form is kept until the browser comes back with its cookies")
    func fromUpstream() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "post"]))
        let query = try #require(redirect.location).query
        let (target, state) = (try #require(query["redirect_uri"]), try #require(query["state"]))
        let cookies = browser.cookies
        browser.cookies = [:]
        let posted = try await browser.post(
            target, [("code", "ada.1"), ("state", state)], origin: "https://upstream.example")
        #expect(posted.status == 303 && posted.headers[values: .setCookie].isEmpty)
        let location = try #require(posted.location)
        #expect(location.hasPrefix("\(target)?resume=") && !location.contains("ada") && !location.contains(state))
        // Another browser, such as an attacker's, gets nothing of it.
        #expect(try await Browser(bench).open(location).status == 400)
        browser.cookies = cookies
        let again = try await browser.post(
            target, [("code", "ada.1"), ("state", state)], origin: "https://upstream.example")
        #expect(again.status == 303, "the first handle is spent, but the login is not")
        #expect(try await browser.open(try #require(again.location)).answered["code"] != nil)
        #expect(try await browser.open(try #require(again.location)).status == 400)
    }

    @Test("A form without a state that waits for one is not kept", arguments: ["work", "post", "absent", "x y"])
    func unknownForm(provider: String) async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "work"]))
        let state = try #require(redirect.location?.query["state"])
        for form in [[("code", "ada.1"), ("state", state)], [("code", "ada.1")], [("state", "x")]] {
            let answer = try await browser.post("/callback/\(provider.percentEncoded)", form, origin: nil)
            #expect(answer.status == 400 && answer.location == nil)
        }
        #expect(
            try await bench.store.records(.all("held_text"), after: nil, atMost: 1, at: .distantPast).records.isEmpty)
    }

    @Test("A kept form is forgotten after a minute")
    func expiry() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "post"]))
        let query = try #require(redirect.location).query
        let posted = try await browser.post(
            try #require(query["redirect_uri"]), [("code", "ada.1"), ("state", query["state"] ?? "")], origin: nil)
        bench.clock.advance(by: .seconds(60))
        #expect(try await browser.open(try #require(posted.location)).status == 400)
    }
}
