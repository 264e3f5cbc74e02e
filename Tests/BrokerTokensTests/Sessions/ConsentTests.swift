import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Consent")
struct ConsentTests {
    @Test("A person is asked once, and again for more")
    func remembered() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("partner")
        #expect(try await browser.signIn() == .page(.askConsent("openid profile")))
        #expect(try await browser.reload() == .page(.askConsent("openid profile")))
        #expect(try await browser.open("partner", ["prompt": "none"]) == .error(.consentRequired))
        #expect(try await browser.open("partner") == .page(.askConsent("openid profile")))
        #expect(try await browser.allow().code != nil)
        #expect(try await browser.open("partner").code != nil)
        #expect(try await browser.open("partner", ["scope": "openid"]).code != nil)
        #expect(try await browser.open("partner", ["scope": "openid email"]) == .page(.askConsent("openid email")))
        #expect(try await browser.allow().code != nil)
        #expect(try await browser.open("partner", ["scope": "openid email profile"]).code != nil)
        #expect(bench.events(.consent).map(\.client) == ["partner", "partner"])
    }

    @Test("What one person allowed is not another's, and not another client's")
    func personal() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("partner")
        _ = try await browser.signIn()
        #expect(try await browser.allow().code != nil)
        let other = BrowserDouble(bench)
        _ = try await other.open("partner")
        #expect(try await other.signIn("grace") == .page(.askConsent("openid profile")))
        _ = try await browser.open("partner", ["prompt": "login"])
        #expect(try await browser.signIn("grace") == .page(.askConsent("openid profile")))
    }

    @Test("Without a session, nothing can be allowed")
    func withoutSession() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("partner")
        #expect(try await browser.allow() == .page(.chooseProvider(["wxapp", "wechat"])))
        #expect(try await bench.records(Consent.self).isEmpty)
    }

    @Test("Nothing is allowed on a page that did not ask for it")
    func notAsked() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let hint = try #require(try await bench.redeem(browser.code()).idToken).reveal()
        let other = BrowserDouble(bench)
        _ = try await other.code("web", person: "grace")
        let login = BrowserDouble.Sight.page(.chooseProvider(["wxapp", "wechat"]))
        #expect(try await other.open("partner", ["id_token_hint": hint]) == login)
        #expect(try await other.allow() == login)
        #expect(try await browser.open("partner", ["prompt": "login"]) == login)
        #expect(try await browser.allow() == login)
        #expect(try await bench.records(Consent.self).isEmpty)
    }

    @Test("A session that ends while the page is open allows nothing (goiabada #241)")
    func endedMeanwhile() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        _ = try await browser.open("partner")
        _ = try await browser.signIn()
        let record = try #require(try await bench.records(Session.self).first)
        _ = try await bench.service.end(#require(StoredSession(record)))
        #expect(try await browser.allow() == .page(.chooseProvider(["wxapp", "wechat"])))
        #expect(try await bench.records(IssuedCode.self).isEmpty)
        #expect(try await bench.records(Consent.self).isEmpty)
    }

    @Test("Consent that is taken back ends codes and tokens of that client, also those that outlive a session")
    func withdrawn() async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        let scope = ["scope": "openid offline_access"]
        _ = try await browser.open("partner", scope)
        #expect(try await browser.signIn() == .page(.askConsent("openid offline_access")))
        let tokens = try await bench.redeem(#require(browser.allow().code), as: "partner")
        let kept = try await bench.redeem(browser.code())
        let code = try #require(try await browser.open("partner", scope).code)
        try await bench.service.withdrawConsent(of: tokens.account, for: "partner")
        #expect(try await refusal { try await bench.redeem(code, as: "partner") }.code == .invalidGrant)
        #expect(try await refusal { try await bench.refresh(tokens.refreshToken, as: "partner") }.code == .invalidGrant)
        #expect(try await refusal { try await bench.service.userInfo(tokens.accessToken) }.code == .invalidToken)
        _ = try await bench.refresh(kept.refreshToken)
        #expect(try await browser.open("partner", scope) == .page(.askConsent("openid offline_access")))
    }
}
