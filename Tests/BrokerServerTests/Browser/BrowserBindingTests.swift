import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Logins belong to the browser that they were begun in")
struct BrowserBindingTests {
    @Test("Two tabs have a login each, and the session of one is the other's too")
    func tabs() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let one = try await browser.get(FrontBench.request("web", ["state": "one"]))
        let two = try await browser.get(FrontBench.request("legacy", ["state": "two"]))
        #expect(one.location != two.location)
        let page = try await browser.follow(two)
        let second = try await browser.signIn(after: browser.get(try #require(page.link(to: "work"))))
        #expect(second.answered["state"] == "two")
        let first = try await browser.follow(one)
        #expect(first.answered["state"] == "one" && first.answered["code"] != nil)
    }

    @Test("The back button leads to the choice again, and the last one counts")
    func backButton() async throws {
        let browser = Browser(try await FrontBench.make())
        let address = try #require(try await browser.get(FrontBench.request()).location)
        let page = try await browser.get(address)
        let abandoned = try await browser.get(try #require(page.link(to: "work")))
        #expect(try await browser.get(address).link(to: "work") == page.link(to: "work"))
        let redirect = try await browser.get(try #require(page.link(to: "work")))
        let late = try await browser.get(browser.callback(of: abandoned, code: "ada.1"))
        #expect(late.status == 400, "the answer to a login that was left")
        let answer = try await browser.signIn(after: redirect)
        #expect(answer.answered["code"] != nil)
        let back = try await browser.get(address)
        #expect((back.status, back.heading) == (400, "This sign-in can’t continue"))
        #expect(
            back.text.contains(#"<a class="button primary" href="https://app.example.com/bye" data-action="restart">"#))
    }

    @Test("Lost cookies end on a page that says so")
    func lostCookie() async throws {
        let browser = Browser(try await FrontBench.make())
        let address = try #require(try await browser.get(FrontBench.request()).location)
        let redirect = try await browser.get(try #require(try await browser.get(address).link(to: "work")))
        browser.cookies = [:]
        for address in [address, try browser.callback(of: redirect, code: "ada.1")] {
            let page = try await browser.get(address)
            #expect(page.status == 400 && page.text.contains("cookies"))
            #expect(page.text.contains("start again"))
            #expect(page.headers[values: .setCookie].isEmpty)
        }
    }

    @Test("Whoever leads a victim to the pages of their own login gets nothing (CVE-2022-39222, CVE-2026-7507)")
    func otherBrowser() async throws {
        let bench = try await FrontBench.make()
        let (attacker, victim) = (Browser(bench), Browser(bench))
        let address = try #require(try await attacker.get(FrontBench.request("partner")).location)
        let page = try await attacker.get(address)
        let link = try #require(page.link(to: "work"))
        let redirect = try await attacker.get(link)
        // The victim has cookies of its own.
        _ = try await victim.login("web", person: "victim")
        let callback = try victim.callback(of: redirect, code: "victim.1")
        let consent = address.replacing("/login?", with: "/consent?")
        for address in [address, link, consent, callback] {
            let answer = try await victim.get(address)
            #expect(answer.status == 400 && answer.location == nil, "\(address)")
        }
        // It was not used up: the attacker's own browser goes on, as nobody.
        #expect(try await attacker.get(address).link(to: "work") != nil)
    }

    @Test("A callback works once, and is nothing without its state (CVE-2025-46815)")
    func replay() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("partner", ["provider": "work"]))
        let callback = try browser.callback(of: redirect, code: "ada.1")
        let forged = [
            callback.replacing(/state=[^&]*/, with: "state="), callback.replacing(/&state=[^&]*/, with: ""),
            callback.replacing(/state=[^&]*/, with: "state=" + String(repeating: "a", count: 64)),
            callback + "&state=x",
            callback.replacing("/callback/work", with: "/callback/post"),
            callback.replacing("/callback/work", with: "/callback/absent"),
        ]
        for address in forged {
            let page = try await browser.get(address)
            #expect((page.status, page.heading) == (400, "This sign-in can’t continue"), "\(address)")
        }
        #expect(try await browser.open(callback).heading == "Allow Partner?")
        let session = browser.cookies
        let page = try await browser.get(callback)
        #expect((page.status, page.heading) == (400, "This sign-in can’t continue"))
        #expect(browser.cookies == session)
    }

    @Test("A login's state is good in the tab's browser for ten minutes, and no longer")
    func late() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "work"]))
        bench.clock.advance(by: .seconds(600))
        #expect(try await browser.get(browser.callback(of: redirect, code: "ada.1")).status == 400)
    }

    @Test("The session's cookie is new at every login, and the one before is worth nothing (session fixation)")
    func fixation() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        _ = try await browser.login()
        let name = bench.endpoints.front.cookies.session
        let before = try #require(browser.cookies[name])
        _ = try await browser.login("web", ["prompt": "login"])
        #expect(browser.cookies[name] != before)
        browser.cookies[name] = before
        #expect(
            try await browser.open(FrontBench.request("web", ["prompt": "none"])).answered["error"] == "login_required")
    }

    @Test(
        "A login that fails at the upstream says why, and offers to begin again",
        arguments: [
            ("!access_denied.1", "You can’t sign in here"), ("!upstream_unavailable.1", "Not available right now"),
            ("!invalid_credential.1", "The sign-in failed"), ("!interaction_required.1", "One more step first"),
            ("!upstream_misbehaved.1", "Something went wrong"),
        ])
    func upstreamFailure(code: String, heading: String) async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "work"]))
        let page = try await browser.get(browser.callback(of: redirect, code: code))
        #expect(page.heading == heading && page.status >= 400)
        let restart = try #require(page.firstMatch(#/href="([^"]*)" data-action="restart"/#)).unescaped
        let again = try await browser.open(restart)
        #expect(try await browser.signIn(after: again).answered["code"] != nil)
    }

    @Test("Someone who does not agree at the upstream can choose again")
    func cancelled() async throws {
        let browser = Browser(try await FrontBench.make())
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "work"]))
        let state = try #require(redirect.location?.query["state"])
        let page = try await browser.get("/callback/work?error=access_denied&state=\(state)")
        #expect(page.heading == "You didn’t sign in")
        #expect(page.text.contains(#"data-action="restart""#))
    }

    @Test("A provider that is switched off while someone is there signs no one in (CVE-2026-3009, CVE-2026-2603)")
    func switchedOff() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("web", ["provider": "work"]))
        #expect(bench.broker.setEnabled(false, for: "work"))
        let page = try await browser.get(browser.callback(of: redirect, code: "ada.1"))
        #expect(page.status == 400 && page.location == nil && browser.cookies.count == 1)
        #expect(bench.broker.setEnabled(true, for: "work"))
        // A session of such a provider is none while it is off.
        _ = try await browser.login()
        #expect(bench.broker.setEnabled(false, for: "work"))
        let silent = try await browser.open(FrontBench.request("web", ["prompt": "none"]))
        #expect(silent.answered["error"] == "login_required")
    }

    @Test("A provider that the client may not use, or that does not exist, begins no login (GHSA-25rw-g6ff-fmg8)")
    func otherProvider() async throws {
        let browser = Browser(try await FrontBench.make())
        let address = try #require(try await browser.get(FrontBench.request("only")).location)
        for provider in ["post", "absent"] {
            let answer = try await browser.get(address.replacing("/login/work", with: "/login/\(provider)"))
            #expect(answer.status == 400 && answer.location == nil, "\(provider)")
        }
    }
}
