import BrokerTesting
import BrokerTokens
import Foundation
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("What stays secret of a login in a browser")
struct LoginSecrecyTests {
    @Test("Neither a log nor the store has a code, a state or a cookie")
    func kept() async throws {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        let redirect = try await browser.open(FrontBench.request("partner", ["provider": "post"]))
        let query = try #require(redirect.location).query
        let state = try #require(query["state"])
        let posted = try await browser.post(
            try #require(query["redirect_uri"]), [("code", "ada.very-secret-code"), ("state", state)], origin: nil)
        // With the login begun and the form kept.
        try await check(bench, without: ["very-secret-code", state] + browser.cookies.values)
        let page = try await browser.open(try #require(posted.location))
        let answer = try await browser.press("allow", on: page)
        let code = try #require(answer.answered["code"])
        try await check(bench, without: ["very-secret-code", state, code] + browser.cookies.values)
        _ = try await browser.get("/callback/post?code=ada.very-secret-code2&state=\(state)")
        try await check(bench, without: ["very-secret-code", state, code])
    }

    private func check(_ bench: ServiceBench, without secrets: [String]) async throws {
        let secrets = secrets.flatMap { $0.split(separator: ".").map(String.init) }.filter {
            $0.count > 12 && UUID(uuidString: $0) == nil
        }
        var text = bench.log.text
        for kind in ["login_transaction", "upstream_login", "held_text", "session", "authorization_code", "consent"] {
            let page = try await bench.store.records(
                .all(RecordKind(kind) ?? "session"), after: nil, atMost: 100, at: .distantPast)
            for record in page.records {
                text += "\(record.key.id.rawValue) \(String(decoding: record.body, as: UTF8.self))"
            }
        }
        for event in bench.store.auditEvents { text += "\(event)" }
        for secret in secrets { #expect(!text.contains(secret)) }
    }
}
