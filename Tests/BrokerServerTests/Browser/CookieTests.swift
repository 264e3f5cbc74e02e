import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Cookies of the pages")
struct CookieTests {
    @Test("Over https, no script, no other host and no plain connection has anything of them")
    func attributes() async throws {
        let browser = Browser(try await FrontBench.make())
        _ = try await browser.login()
        #expect(browser.setCookies.count == 2)
        for field in browser.setCookies {
            #expect(field.hasPrefix("__Host-identity-broker-"))
            #expect(field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure") && !field.contains("Domain"))
        }
    }

    @Test(
        "The names tell brokers apart that share a host",
        arguments: [
            ("https://login.example.com", "__Host-identity-broker-session"),
            ("https://example.com/login", "__Host-identity-broker-session-"),
            ("http://127.0.0.1:8080", "identity-broker-session-"),
            ("http://localhost:8080", "identity-broker-session-"),
        ])
    func names(issuer: String, start: String) {
        let names = BrowserCookieNames(issuer: issuer)
        #expect(names.session.hasPrefix(start) && names.session != names.browser)
        #expect(names.field("a", Secret("b")).contains("Secure") == issuer.hasPrefix("https"))
        #expect(names.session == start || names.session != BrowserCookieNames(issuer: issuer + "1").session)
    }

    @Test(
        "A login works over http on this machine, and below a path",
        arguments: ["http://127.0.0.1:8080", "https://example.com/login/eu"])
    func flow(issuer: String) async throws {
        let bench = try await FrontBench.make(issuer: issuer)
        let browser = Browser(bench)
        let path = BrowserSite(issuer: issuer).path
        let page = try await browser.open(path + FrontBench.request())
        let redirect = try await browser.get(try #require(page.link(to: "work")))
        #expect(try #require(redirect.location).query["redirect_uri"] == "\(issuer)/callback/work")
        let answer = try await browser.signIn(after: redirect)
        #expect(answer.answered["code"] != nil && answer.answered["iss"] == issuer)
    }

    @Test(
        "Broken cookies are none (CVE-2024-24814)",
        arguments: [
            "", ";", "=", "NAME", "NAME=", "NAME=x", "NAME=\(String(repeating: "a", count: 8_000))", "NAME=%00",
            "NAME=\u{301}",
            "NAME=AAAA.BBBB; NAME=CCCC.DDDD",
        ])
    func broken(text: String) async throws {
        let bench = try await FrontBench.make()
        for name in [bench.endpoints.front.cookies.session, bench.endpoints.front.cookies.browser] {
            let answer = try await bench.send(
                .get, FrontBench.request(), headers: [.cookie: text.replacing("NAME", with: name)])
            #expect(answer.status == 303 && answer.headers[values: .setCookie].count == 1)
        }
    }

    @Test("Of two different cookies of a name, one is a stranger's, and neither counts")
    func twice() {
        let names = BrowserCookieNames(issuer: ServiceBench.issuer)
        func value(_ text: String) -> String? { names.value(of: "a", in: [.cookie: text])?.reveal() }
        #expect(value("a=1; b=2") == "1" && value("b=2;a=1") == "1" && value("a=1; a=1") == "1")
        #expect(value("a=1; a=2") == nil && value("aa=1") == nil && value("a") == nil)
    }
}
