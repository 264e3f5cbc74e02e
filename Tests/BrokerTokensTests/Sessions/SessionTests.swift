import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Sessions")
struct SessionTests {
    @Test("A session gives the next client a code without a page, at the same time of login and under the same sid")
    func singleSignOn() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let one = try await bench.idToken(bench.redeem(browser.code()))
        bench.clock.advance(by: .seconds(600))
        let code = try #require(try await browser.open("legacy").code)
        let two = try await bench.idToken(bench.redeem(code, as: "legacy"))
        #expect(one["sub"] == two["sub"] && one["sid"] == two["sid"] && one["auth_time"] == two["auth_time"])
        #expect(one["sid"]?.string != nil && one["auth_time"]?.int64 == bench.clock.date.wholeSeconds - 600)
        let session = try #require(try await bench.records(Session.self).first)
        #expect(session.body.clients == ["web", "legacy"])
    }

    @Test("A session ends without use, and in all")
    func ends() async throws {
        let lifetimes = try SessionLifetimes(idle: .seconds(600), lifetime: .seconds(1500))
        let bench = try await LoginBench(sessions: lifetimes)
        let browser = BrowserDouble(bench)
        _ = try await browser.code()
        for _ in 0..<2 {
            bench.clock.advance(by: .seconds(599))
            #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
        }
        bench.clock.advance(by: .seconds(301))
        #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
        bench.clock.advance(by: .seconds(1))
        #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired), "its lifetime is over")
        _ = try await browser.code()
        bench.clock.advance(by: .seconds(600))
        #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired), "it was idle")
    }

    @Test("Lifetimes are between a minute and 720 hours")
    func lifetimes() {
        for (idle, lifetime) in [(59, 600), (60, 720 * 3600 + 1), (0, 0)] {
            #expect(throws: BrokerError.self) {
                try SessionLifetimes(idle: .seconds(idle), lifetime: .seconds(lifetime))
            }
        }
        #expect(throws: Never.self) { try SessionLifetimes(idle: .seconds(60), lifetime: .seconds(720 * 3600)) }
    }

    @Test("A login replaces the cookie, so that one which was known before is worth nothing (CVE-2026-7507)")
    func fixation() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.code()
        let thief = BrowserDouble(bench)
        thief.session = browser.session
        #expect(try await thief.open("web", ["prompt": "none"]).code != nil)
        _ = try await browser.open("web", ["prompt": "login"])
        #expect(try await browser.signIn().code != nil)
        #expect(browser.session != thief.session)
        #expect(try await thief.open("web", ["prompt": "none"]) == .error(.loginRequired))
        #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
    }

    @Test("The same person keeps the session at a second login: its sid, its clients and what hangs on it")
    func renewal() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let first = try await bench.redeem(browser.code())
        bench.clock.advance(by: .seconds(100))
        _ = try await browser.open("legacy", ["prompt": "login"])
        let second = try await bench.redeem(#require(browser.signIn().code), as: "legacy")
        let (one, two) = (try await bench.idToken(first), try await bench.idToken(second))
        #expect(one["sid"] == two["sid"])
        #expect(two["auth_time"]?.int64 == bench.clock.date.wholeSeconds)
        _ = try await bench.refresh(first.refreshToken)
        let sessions = try await bench.records(Session.self)
        #expect(sessions.map(\.body.clients) == [["web", "legacy"]])
    }

    @Test("Another person gets another session, and the one before ends with what hung on it")
    func replacement() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let first = try await bench.redeem(browser.code())
        _ = try await browser.open("web", ["prompt": "login"])
        let second = try await bench.redeem(#require(browser.signIn("grace").code))
        #expect(first.account != second.account)
        #expect(try await bench.idToken(first)["sid"] != bench.idToken(second)["sid"])
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        #expect(try await refusal { try await bench.service.userInfo(first.accessToken) }.code == .invalidToken)
        #expect(try await bench.records(Session.self).count == 1)
        #expect(bench.events(.sessionEnd).map(\.subject) == [first.account.description])
    }

    @Test("A login with another provider replaces the session")
    func otherProvider() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let first = try await bench.redeem(browser.code())
        #expect(try await browser.open("web", ["provider": "wechat"]) == .page(.signIn("wechat")))
        _ = try await bench.redeem(#require(browser.signIn("ada", at: "wechat").code))
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        #expect(try await bench.records(Session.self).map(\.body.provider) == ["wechat"])
    }

    @Test("With the session end its codes and its grants, but not what outlives it")
    func end() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let hanging = try await bench.redeem(browser.code())
        let offline = try await bench.redeem(browser.code("web", ["scope": "openid offline_access"]))
        let codes = [
            try await browser.code(), try await browser.code("web", ["scope": "openid offline_access"]),
        ]
        let record = try #require(try await bench.records(Session.self).first)
        #expect(try await bench.service.end(#require(StoredSession(record))))
        #expect(try await !bench.service.end(#require(StoredSession(record))), "there is none any more")
        for code in codes { #expect(try await refusal { try await bench.redeem(code) }.code == .invalidGrant) }
        #expect(try await refusal { try await bench.refresh(hanging.refreshToken) }.code == .invalidGrant)
        #expect(try await bench.refresh(offline.refreshToken).scope == "openid offline_access")
        #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired))
        #expect(bench.events(.sessionEnd).count == 1)
    }

    @Test("When the session is over by the clock, so are its refresh tokens, but not those that outlive it")
    func expiry() async throws {
        let bench = try await LoginBench(
            sessions: SessionLifetimes(idle: .seconds(120), lifetime: .seconds(600)))
        let browser = BrowserDouble(bench)
        let hanging = try await bench.redeem(browser.code())
        let offline = try await bench.redeem(browser.code("web", ["scope": "openid offline_access"]))
        bench.clock.advance(by: .seconds(119))
        let refreshed = try await bench.refresh(hanging.refreshToken)
        bench.clock.advance(by: .seconds(1))
        #expect(try await refusal { try await bench.refresh(refreshed.refreshToken) }.code == .invalidGrant)
        #expect(try await refusal { try await bench.service.userInfo(refreshed.accessToken) }.code == .invalidToken)
        _ = try await bench.refresh(offline.refreshToken)
    }

    @Test("While its provider is switched off, a session is none, and after that it is one again")
    func killSwitch() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.code()
        bench.broker.setEnabled(false, for: "wxapp")
        #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired))
        #expect(try await browser.open() == .page(.signIn("wechat")))
        bench.broker.setEnabled(true, for: "wxapp")
        #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
    }

    @Test("A cookie in another form, with another secret, or of another session is none")
    func cookies() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.code()
        let text = try #require(browser.session).reveal()
        let parts = text.split(separator: ".")
        let other = Secret("\(parts[0]).\(BoundSecret(.seeded(9)).text.reveal())")
        let moved = Secret("\(UUID().canonical).\(parts[1])")
        for cookie in [
            other, moved, Secret(text + "A"), Secret(text.uppercased()), Secret(""), Secret("."), Secret(text + "."),
        ] {
            browser.session = cookie
            #expect(try await browser.open("web", ["prompt": "none"]) == .error(.loginRequired))
        }
        browser.session = Secret(text)
        #expect(try await browser.open("web", ["prompt": "none"]).code != nil)
    }

    @Test("A store contains no cookie, and nothing prints one")
    func secrecy() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open()
        let transaction = try #require(try await bench.records(LoginTransaction.self).first)
        let bound = try #require(browser.browser).reveal()
        #expect(!String(decoding: try transaction.body.recordBody(), as: UTF8.self).contains(bound))
        _ = try await browser.signIn()
        let secret = try #require(browser.session?.reveal().split(separator: ".").last)
        let session = try #require(try await bench.records(Session.self).first)
        #expect(!String(decoding: try session.body.recordBody(), as: UTF8.self).contains(secret))
        var dumped = "\(browser.cookies)"
        dump(browser.cookies, to: &dumped)
        #expect(!dumped.contains(secret) && !dumped.contains(bound))
    }
}
