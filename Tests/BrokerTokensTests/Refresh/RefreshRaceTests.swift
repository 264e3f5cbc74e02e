import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Many refreshes at once")
struct RefreshRaceTests {
    @Test("1,000 simultaneous refreshes of one token all get the same successor, and the family advances once")
    func withGrace() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let results = await race(1_000) { try await bench.refresh(issued.refreshToken) }
        let tokens = results.compactMap { try? $0.get() }
        #expect(tokens.count == 1_000)
        let successors = Set(tokens.compactMap { $0.refreshToken?.reveal() })
        #expect(successors.count == 1)
        #expect(try await bench.grant(of: issued).record.version == 2)
        let notices = bench.events(.refresh).map(\.notices)
        #expect(notices.count { $0.isEmpty } == 1 && notices.count { $0 == ["refresh_repeated"] } == 999)
        let successor = try #require(successors.first)
        _ = try await bench.refresh(Secret(successor))
    }

    @Test("Without a grace period, one of 1,000 gets an answer, and the others end the grant")
    func withoutGrace() async throws {
        let bench = try await TokenBench(lifetimes: TokenLifetimes(refreshGrace: .zero))
        let issued = try await bench.signIn()
        let results = await race(1_000) { try await bench.refresh(issued.refreshToken) }
        let tokens = results.compactMap { try? $0.get() }
        #expect(tokens.count == 1)
        let grant = try await bench.grant(of: issued)
        #expect(grant.grant.isRevoked && grant.record.version == 3)
        let successor = try #require(tokens.first?.refreshToken)
        #expect(try await refusal { try await bench.refresh(successor) }.code == .invalidGrant)
    }

    @Test("A token and its successor at once never leave two valid tokens")
    func successorInRace() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let second = try await bench.refresh(first.refreshToken)
        let results = await race(200) { number in
            try await bench.refresh(number.isMultiple(of: 2) ? first.refreshToken : second.refreshToken)
        }
        // Either one of the old tokens came after the new one was used, or all came before.
        let grant = try await bench.grant(of: first).grant
        let live = Set(results.compactMap { try? $0.get().refreshToken?.reveal() })
        var good = 0
        for token in live {
            if let token = RefreshToken(Secret(token)), let family = grant.refresh,
                family.standing(of: token, at: bench.clock.date, grace: .zero) == .current, !grant.isRevoked
            {
                good += 1
            }
        }
        #expect(good == (grant.isRevoked ? 0 : 1))
    }

    @Test("A revocation among 200 refreshes ends the grant permanently")
    func revocation() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let token = try #require(issued.refreshToken)
        _ = await race(200) { number in
            if number == 100 {
                try await bench.service.revoke(token, for: bench.client())
            } else {
                _ = try await bench.refresh(token)
            }
        }
        #expect(try await bench.grant(of: issued).grant.isRevoked)
        #expect(try await refusal { try await bench.refresh(token) }.code == .invalidGrant)
    }

    private func race<Value: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable () async throws -> Value
    ) async -> [Result<Value, any Error>] {
        await race(count) { _ in try await body() }
    }

    private func race<Value: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async -> [Result<Value, any Error>] {
        await withTaskGroup(of: Result<Value, any Error>.self) { group in
            for number in 0..<count {
                group.addTask {
                    do { return .success(try await body(number)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
