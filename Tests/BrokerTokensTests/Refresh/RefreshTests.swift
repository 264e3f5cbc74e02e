import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Refreshing")
struct RefreshTests {
    @Test("A refresh issues new tokens for the same person, client, scope and grant")
    func renewal() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn(scope: "openid profile email")
        bench.clock.advance(by: .seconds(500))
        let second = try await bench.refresh(first.refreshToken)
        let (old, new) = try await (bench.accessToken(first), bench.accessToken(second))
        #expect(new.subject == old.subject && new.client == old.client && new.grant == old.grant)
        #expect(new.scopes == ["openid", "profile", "email"] && new.audiences == old.audiences)
        #expect(new.authenticated == old.authenticated && new.issued == old.issued + .seconds(500) && new.id != old.id)
        #expect(second.refreshToken != first.refreshToken && second.idToken != nil)
        #expect(bench.events(.refresh).map(\.failure) == [nil])
        #expect(bench.events(.refresh).map(\.client) == ["web"])
        #expect(bench.events(.refresh).map(\.credential) == ["spent"])
    }

    @Test("Scope and audience can be narrowed for one answer, and are restored for the next")
    func narrowing() async throws {
        let bench = try await TokenBench()
        let audiences = [TokenBench.audience, "https://files.example.com"]
        let first = try await bench.signIn("wide", scope: "openid email", audiences: audiences)
        let narrow = try await bench.refresh(
            first.refreshToken, as: "wide", scope: "email", audiences: [TokenBench.audience])
        #expect(narrow.scope == "email" && narrow.idToken == nil)
        #expect(try await bench.accessToken(narrow).audiences == [TokenBench.audience])
        let whole = try await bench.refresh(narrow.refreshToken, as: "wide")
        #expect(whole.scope == "openid email" && whole.idToken != nil)
        #expect(try await bench.accessToken(whole).audiences == audiences)
    }

    @Test("Asking for more than was granted is refused, and the token stays valid")
    func widening() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: "openid")
        for scope in ["openid profile", "email", "root", "openid openid2"] {
            #expect(
                try await refusal { try await bench.refresh(issued.refreshToken, scope: scope) }.code == .invalidScope)
        }
        let error = try await refusal {
            try await bench.refresh(issued.refreshToken, audiences: ["https://files.example.com"])
        }
        #expect(error.code == .invalidTarget)
        _ = try await bench.refresh(issued.refreshToken)
    }

    @Test("A used token ends the grant once its grace period is over, with everything issued under it")
    func reuse() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let second = try await bench.refresh(first.refreshToken)
        bench.clock.advance(by: .seconds(30))
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        #expect(try await refusal { try await bench.refresh(second.refreshToken) }.code == .invalidGrant)
        #expect(try await !bench.isActive(second.accessToken))
        #expect(try await bench.grant(of: first).grant.isRevoked)
        #expect(bench.events(.refresh).map(\.notices) == [[], ["refresh_token_reused"], []])
        #expect(bench.events(.refresh).map(\.failure) == [nil, "invalid_grant", "invalid_grant"])
        #expect(bench.events(.refresh).allSatisfy { $0.subject == first.account.description })
        #expect(bench.log.entries.filter { $0.message.contains("used twice") }.count == 1)
    }

    @Test("A token used long ago ends the grant, however many came after it, even within the grace period")
    func oldReuse() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let second = try await bench.refresh(first.refreshToken)
        let third = try await bench.refresh(second.refreshToken)
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        #expect(try await refusal { try await bench.refresh(third.refreshToken) }.code == .invalidGrant)
    }

    @Test("A lost answer is repeated within the grace period, with the same refresh token")
    func grace() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let lost = try await bench.refresh(first.refreshToken)
        bench.clock.advance(by: .seconds(29))
        let again = try await bench.refresh(first.refreshToken)
        #expect(again.refreshToken == lost.refreshToken)
        #expect(try await bench.accessToken(again).id != bench.accessToken(lost).id)
        #expect(bench.events(.refresh).map(\.notices) == [[], ["refresh_repeated"]])
        let next = try await bench.refresh(again.refreshToken)
        // Its successor was used, so this is not a retry after a lost answer.
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        #expect(try await refusal { try await bench.refresh(next.refreshToken) }.code == .invalidGrant)
    }

    @Test("A replica whose clock is behind repeats the answer, and one far behind refuses without ending the grant")
    func clockBehind() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let lost = try await bench.refresh(first.refreshToken)
        bench.clock.shiftDate(by: .seconds(-40))
        #expect(try await bench.refresh(first.refreshToken).refreshToken == lost.refreshToken)
        bench.clock.shiftDate(by: .seconds(-3_600))
        #expect(try await refusal { try await bench.refresh(first.refreshToken) }.code == .invalidGrant)
        bench.clock.shiftDate(by: .seconds(3_640))
        _ = try await bench.refresh(lost.refreshToken)
    }

    @Test("A clock set back for a while ends no grant used meanwhile", arguments: [31, 40, 59])
    func clockSetBack(days: Int64) async throws {
        let bench = try await TokenBench()
        let day = Duration.seconds(24 * 60 * 60)
        var issued = try await bench.signIn()
        issued = try await bench.refresh(issued.refreshToken)
        bench.clock.shiftDate(by: day * -days)
        for _ in 0..<2 {
            bench.clock.advance(by: .seconds(600))
            issued = try await bench.refresh(issued.refreshToken)
        }
        bench.clock.shiftDate(by: day * days)
        _ = try await bench.refresh(issued.refreshToken)
    }

    @Test("A shorter idle time applies from the next refresh on")
    func shorterIdleTime() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let second = try await bench.refresh(first.refreshToken)
        let shorter = try await TokenBench(
            store: bench.store, clock: bench.clock, lifetimes: TokenLifetimes(refreshIdle: .seconds(3_600)))
        let third = try await shorter.refresh(second.refreshToken)
        bench.clock.advance(by: .seconds(3_599))
        let fourth = try await shorter.refresh(third.refreshToken)
        bench.clock.advance(by: .seconds(3_601))
        #expect(try await refusal { try await shorter.refresh(fourth.refreshToken) }.code == .invalidGrant)
    }

    @Test("Another client's token is refused and stays valid, used or not")
    func otherClient() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        for other in ["shop", "app", "wide"] {
            #expect(try await refusal { try await bench.refresh(first.refreshToken, as: other) }.code == .invalidGrant)
        }
        let second = try await bench.refresh(first.refreshToken)
        #expect(try await refusal { try await bench.refresh(first.refreshToken, as: "shop") }.code == .invalidGrant)
        _ = try await bench.refresh(second.refreshToken)
    }

    @Test("A made-up token for a grant is refused and ends nothing")
    func madeUp() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let grant = try await bench.grantID(of: first)
        let madeUp = RefreshToken.first(of: grant, .seeded(99)).text
        for token in [madeUp, RefreshToken.first(of: UUID(), .seeded(99)).text, Secret(""), Secret("x")] {
            #expect(try await refusal { try await bench.refresh(token) }.code == .invalidGrant)
        }
        _ = try await bench.refresh(first.refreshToken)
    }

    @Test("An unused token expires, a used one is renewed, and none outlives the grant")
    func expiry() async throws {
        let bench = try await TokenBench()
        let idle = try await bench.signIn()
        var used = try await bench.signIn()
        let grant = try await bench.grant(of: used)
        let day = Duration.seconds(24 * 60 * 60)
        for _ in 0..<3 {
            bench.clock.advance(by: .seconds(29 * 24 * 60 * 60))
            used = try await bench.refresh(used.refreshToken)
        }
        #expect(try await refusal { try await bench.refresh(idle.refreshToken) }.code == .invalidGrant)
        bench.clock.advance(by: day * 3 - .seconds(60))
        let last = try await bench.refresh(used.refreshToken)
        #expect(last.expiresIn == .seconds(60))
        #expect(try await bench.accessToken(last).expiry == grant.grant.opened + day * 90)
        bench.clock.advance(by: .seconds(60))
        #expect(try await refusal { try await bench.refresh(last.refreshToken) }.code == .invalidGrant)
    }

    @Test("A refresh does not yield what the client may no longer have")
    func reconfiguration() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        let changes: [(TokenClient, OAuthError.Code)] = [
            (
                try TokenClient(
                    id: "web", authentication: secret, audiences: [TokenBench.audience], providers: ["wechat"]),
                .invalidGrant
            ),
            (
                try TokenClient(id: "web", authentication: secret, audiences: ["https://files.example.com"]),
                .invalidGrant
            ),
            (
                try TokenClient(
                    id: "web", authentication: secret, grants: [.tokenExchange], audiences: [TokenBench.audience]),
                .unauthorizedClient
            ),
        ]
        for (client, code) in changes {
            try bench.service.replaceClients(with: ClientDirectory([client]))
            #expect(try await refusal { try await bench.refresh(issued.refreshToken) }.code == code)
        }
        try bench.service.replaceClients(with: ClientDirectory(TokenBench.clients()))
        _ = try await bench.refresh(issued.refreshToken)
    }

    @Test("A client that may not refresh gets no refresh token")
    func noRefresh() async throws {
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.tokenExchange],
            audiences: [TokenBench.audience])
        let bench = try await TokenBench(clients: [client])
        #expect(try await bench.signIn().refreshToken == nil)
    }
}
