import BrokerTesting
import BrokerTokens
import Foundation
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The page for devices (RFC 8628 §3.3)")
struct DevicePageTests {
    private static let type = ("grant_type", "urn:ietf:params:oauth:grant-type:device_code")

    /// A television that has asked for codes.
    private struct Television {
        let bench: ServiceBench
        let deviceCode: String
        let userCode: String

        init(providers: Set<ProviderID>? = nil) async throws {
            let client = try TokenClient(
                id: "tv", displayName: "Television", authentication: .none, grants: [.deviceCode, .refreshToken],
                audiences: [ServiceBench.api], providers: providers,
                authorization: AuthorizationSettings(idTokenAlgorithm: .es256))
            bench = try await FrontBench.make(clients: FrontBench.clients() + [client])
            let codes = try await bench.post(
                "/oauth2/device_authorization", [("client_id", "tv"), ("scope", "openid email")], as: nil)
            deviceCode = try #require(codes["device_code"])
            userCode = try #require(codes["user_code"])
        }

        func poll() async throws -> Answer {
            bench.clock.advance(by: .seconds(6))
            return try await bench.post(
                "/oauth2/token", [DevicePageTests.type, ("client_id", "tv"), ("device_code", deviceCode)], as: nil)
        }
    }

    @Test("Someone who is not signed in signs in first, and the code is not lost on the way")
    func signIn() async throws {
        let television = try await Television()
        let browser = Browser(television.bench)
        let choice = try await browser.open("/device?user_code=\(television.userCode)")
        let redirect = try await browser.get(try #require(choice.link(to: "work")))
        let page = try await browser.signIn("ada", after: redirect)
        #expect((page.status, page.heading) == (200, "Sign in Television?"))
        // So that a person who was sent here by a stranger can tell (RFC 8628 §5.4).
        #expect(page.text.contains(television.userCode) && page.text.contains("Your email address"))
        #expect(try await television.poll()["error"] == "authorization_pending", "looking allows nothing")
        let done = try await browser.follow(browser.press("allow", on: page))
        #expect(done.heading == "The device is connected")
        let tokens = try await television.poll()
        #expect(tokens.status == 200 && tokens["refresh_token"] != nil)
        #expect(try payload(of: tokens["id_token"])["email"] == nil)
        #expect(try await television.poll()["error"] == "invalid_grant")
        let again = try await browser.open("/device?user_code=\(television.userCode)")
        #expect(again.status == 400 && again.text.contains(#"href="/device" data-action="restart""#))
    }

    @Test("A person who is signed in enters the code, in any spelling, and may refuse")
    func deny() async throws {
        let television = try await Television()
        let browser = Browser(television.bench)
        _ = try await browser.login()
        let entry = try await browser.open("/device")
        #expect(entry.heading == "Connect a device" && entry.text.contains(#"<label for="code">"#))
        let typed = television.userCode.lowercased().replacing("-", with: " ")
        let page = try await browser.open("/device?user_code=\(typed.percentEncoded)")
        #expect(page.heading == "Sign in Television?")
        let done = try await browser.follow(browser.press("deny", on: page))
        #expect(done.heading == "The device is not connected")
        #expect(try await television.poll()["error"] == "access_denied")
    }

    @Test("A form of another site, for another code or of another browser allows nothing")
    func forged() async throws {
        let television = try await Television()
        let (browser, stranger) = (Browser(television.bench), Browser(television.bench))
        _ = try await browser.login()
        _ = try await stranger.login(person: "grace")
        let page = try await browser.open("/device?user_code=\(television.userCode)")
        let foreign = try await browser.press("allow", on: page, origin: "https://evil.example")
        let other = try await browser.press("allow", on: page, changing: ["user_code": "BCDF-GHJK"])
        let theirs = try await stranger.press("allow", on: page)
        for answer in [foreign, other, theirs] { #expect(answer.heading == "This page is out of date") }
        #expect(try await browser.press("maybe", on: page).status == 400)
        #expect(try await television.poll()["error"] == "authorization_pending")
    }

    @Test("A client that the person's provider is not for is not allowed by its session")
    func otherProvider() async throws {
        let television = try await Television(providers: ["post"])
        let browser = Browser(television.bench)
        _ = try await browser.login("web", at: "work")
        let page = try await browser.open("/device?user_code=\(television.userCode)")
        #expect(page.status == 400 && page.heading != "Sign in Television?")
        #expect(try await television.poll()["error"] == "authorization_pending")
    }

    @Test("A wrong code, and too many of them, are told")
    func wrong() async throws {
        let television = try await Television()
        let browser = Browser(television.bench)
        _ = try await browser.login()
        for _ in 0..<30 {
            #expect(try await browser.open("/device?user_code=BCDF-GHJK").status == 400)
        }
        let answer = try await browser.open("/device?user_code=\(television.userCode)")
        #expect(answer.status == 429 && answer.heading == "Too many sign-ins")
    }
}
