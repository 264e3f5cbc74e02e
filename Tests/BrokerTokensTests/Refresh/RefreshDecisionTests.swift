import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Each rule of a refresh refuses on its own (CVE-2026-28513)")
struct RefreshDecisionTests {
    /// The conditions of a refresh.
    private enum Fact: Int, CaseIterable {
        case client, unrevoked, unexpired, beforeEnd, refreshable, family, current
        case providerEnabled, providerAllowed, scope, audience, audienceAllowed
    }

    private enum Outcome: Equatable {
        case rotated, revoked, refused(OAuthError.Code)
    }

    private let now = TestClock().date

    @Test("Of all combinations of conditions, only the one with all met rotates a token")
    func decisionTable() throws {
        for number in 0..<(1 << Fact.allCases.count) {
            let facts = Set(Fact.allCases.filter { number & (1 << $0.rawValue) != 0 })
            #expect(try outcome(facts) == expected(facts), "\(Fact.allCases.filter { !facts.contains($0) })")
        }
    }

    /// The rules again, in the plainest form.
    private func expected(_ facts: Set<Fact>) -> Outcome {
        let standing: Set<Fact> = [.client, .unrevoked, .unexpired, .beforeEnd, .refreshable, .family]
        guard standing.isSubset(of: facts) else { return .refused(.invalidGrant) }
        guard facts.contains(.current) else { return .revoked }
        // A temporary refusal: the client must keep its token.
        guard facts.contains(.providerEnabled) else { return .refused(.temporarilyUnavailable) }
        guard facts.contains(.providerAllowed) else { return .refused(.invalidGrant) }
        guard facts.contains(.scope) else { return .refused(.invalidScope) }
        guard facts.contains(.audience) else { return .refused(.invalidTarget) }
        return facts.contains(.audienceAllowed) ? .rotated : .refused(.invalidGrant)
    }

    private func outcome(_ facts: Set<Fact>) throws -> Outcome {
        let randomness = RandomSource.seeded(3)
        let first = RefreshToken.first(of: UUID(), randomness)
        var family = RefreshFamily(first)
        var token = first
        if !facts.contains(.current) { family = family.rotated(first, salt: [1], at: now - .seconds(60)) }
        if !facts.contains(.family) { token = RefreshToken.first(of: first.grant, randomness) }
        var grant = Grant(
            client: facts.contains(.client) ? "web" : "other",
            provider: "wxapp",
            opened: now,
            scope: try ScopeList("openid profile"),
            audiences: ["a", "b"],
            end: now + .seconds(facts.contains(.beforeEnd) ? 1 : 0),
            refresh: facts.contains(.refreshable) ? family : nil
        )
        grant.isRevoked = !facts.contains(.unrevoked)
        let expiry = now + .seconds(facts.contains(.unexpired) ? 1 : 0)
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)),
            audiences: facts.contains(.audienceAllowed) ? ["a", "b", "c"] : ["b", "c"],
            providers: facts.contains(.providerAllowed) ? ["wxapp"] : ["wechat"])
        let attempt = RefreshAttempt(
            token: token, client: client, scope: try ScopeList(facts.contains(.scope) ? "openid" : "openid email"),
            audiences: facts.contains(.audience) ? ["a"] : ["a", "c"], salt: [2], now: now, grace: .seconds(30),
            longestLife: .seconds(3600))
        let standing: ProviderStanding = facts.contains(.providerEnabled) ? .enabled : .disabled
        switch attempt.verdict(on: grant, expiringAt: expiry, ofProvider: standing) {
        case .rotate(let permission, let next, let successor):
            #expect(permission.scope.text == "openid" && permission.audiences == ["a"])
            #expect(next.refresh?.standing(of: successor, at: now, grace: .zero) == .current)
            #expect(next.scope == "openid profile" && next.audiences == ["a", "b"], "the grant keeps what it had")
            #expect(next.client == "web" && next.provider == "wxapp" && next.opened == now && !next.isRevoked)
            return .rotated
        case .repeated: throw UnexpectedSuccess()
        case .revoke: return .revoked
        case .refuse(let error): return .refused(error.code)
        }
    }
}
