import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Each rule for a code refuses on its own (CVE-2026-28513)")
struct CodeRedemptionTests {
    /// The conditions of a redemption.
    private enum Fact: Int, CaseIterable {
        case client, unused, redirectURI, registered, verifier, providerEnabled, providerAllowed, audience,
            audienceAllowed
    }

    private enum Outcome: Equatable {
        case issued, revoked, refused(OAuthError.Code)
    }

    @Test("Of all combinations of conditions, only the one with all met gives tokens")
    func decisionTable() throws {
        for number in 0..<(1 << Fact.allCases.count) {
            let facts = Set(Fact.allCases.filter { number & (1 << $0.rawValue) != 0 })
            #expect(try outcome(facts) == expected(facts), "\(Fact.allCases.filter { !facts.contains($0) })")
        }
    }

    /// The rules again, in the plainest form.
    private func expected(_ facts: Set<Fact>) -> Outcome {
        guard facts.contains(.client) else { return .refused(.invalidGrant) }
        guard facts.contains(.unused) else { return .revoked }
        let proof: Set<Fact> = [.redirectURI, .registered, .verifier, .providerEnabled, .providerAllowed]
        guard proof.isSubset(of: facts) else { return .refused(.invalidGrant) }
        guard facts.contains(.audience) else { return .refused(.invalidTarget) }
        return facts.contains(.audienceAllowed) ? .issued : .refused(.invalidGrant)
    }

    private func outcome(_ facts: Set<Fact>) throws -> Outcome {
        let event = AuthenticationEvent(time: TestClock().date)
        var code = IssuedCode(
            try RequestBench.request(facts.contains(.client) ? "web" : "legacy"), provider: "wxapp",
            login: SessionLogin(session: UUID(), event: event))
        if !facts.contains(.unused) { code = code.redeemed(for: UUID()) }
        let registered = facts.contains(.registered) ? RequestBench.redirectURI : "https://app.example.com/moved"
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: facts.contains(.audienceAllowed) ? [TokenBench.audience] : ["b"],
            providers: facts.contains(.providerAllowed) ? ["wxapp"] : ["wechat"],
            authorization: AuthorizationSettings(redirectURIs: [registered]))
        let redemption = CodeRedemption(
            client: client,
            redirectURI: facts.contains(.redirectURI) ? RequestBench.redirectURI : RequestBench.redirectURI + "/",
            verifier: facts.contains(.verifier) ? RequestBench.verifier : nil,
            audiences: facts.contains(.audience) ? [] : ["c"])
        switch redemption.verdict(on: code, ofProvider: facts.contains(.providerEnabled) ? .enabled : .disabled) {
        case .issue(let provider, let permission):
            #expect(provider == "wxapp" && permission.scope.text == "openid profile")
            return .issued
        case .revoke(let grant):
            #expect(grant == code.grant)
            return .revoked
        case .refuse(let error):
            return .refused(error.code)
        }
    }

    @Test("A code with a challenge needs its verifier, and one without takes none (CVE-2023-48228, RFC 9700 §2.1.1)")
    func downgrade() throws {
        let none: String? = nil
        let plain: [String: String?] = ["code_challenge": none, "code_challenge_method": none]
        let login = SessionLogin(session: UUID(), event: AuthenticationEvent(time: TestClock().date))
        let client = try #require(try RequestBench.clients().first { $0.id == "legacy" })
        let cases: [([String: String?], Secret?, Bool)] = [
            ([:], RequestBench.verifier, true), ([:], nil, false), ([:], Secret(""), false),
            ([:], Secret(RequestBench.challenge), false), (plain, nil, true), (plain, RequestBench.verifier, false),
            (plain, Secret(""), false),
        ]
        for (changes, verifier, isGood) in cases {
            let code = IssuedCode(try RequestBench.request("legacy", changes), provider: "wxapp", login: login)
            let redemption = CodeRedemption(
                client: client, redirectURI: RequestBench.redirectURI, verifier: verifier, audiences: [])
            if case .issue = redemption.verdict(on: code, ofProvider: .enabled) {
                #expect(isGood)
            } else {
                #expect(!isGood)
            }
        }
    }
}
