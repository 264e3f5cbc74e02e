import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A store that fails gives nothing away (CVE-2020-15223)")
struct StoreFaultTests {
    private enum Operation: CaseIterable {
        case exchange, refresh, repeatedRefresh, reuse, revoke, revokeByAccessToken, introspect, userInfo, authenticate
        case refusedRefresh
    }

    /// The store calls of each operation when it succeeds.
    private static let calls: [Operation: [FaultyStore.Call]] = [
        .exchange: [.reserve, .signIn], .refresh: [.record, .account, .commit],
        .repeatedRefresh: [.record, .account, .append], .reuse: [.record, .commit], .revoke: [.record, .commit],
        .revokeByAccessToken: [.record, .commit], .introspect: [.record], .userInfo: [.record, .account],
        .authenticate: [.append], .refusedRefresh: [.append],
    ]

    @Test("Whatever the store fails at, done or not, the request fails as unavailable")
    func everyCall() async throws {
        for operation in Operation.allCases {
            for call in try #require(Self.calls[operation]) {
                for mayHaveHappened in [false, true] {
                    let bench = try await TokenBench()
                    let issued = try await bench.signIn()
                    try await prepare(operation, bench, issued)
                    bench.store.fail(call, mayHaveHappened: mayHaveHappened)
                    let error = try await refusal { try await perform(operation, bench, issued) }
                    #expect(error.code == .temporarilyUnavailable, "\(operation) \(call)")
                    #expect(!error.message.contains("fire"), "a store's words are for the operator")
                    #expect(bench.log.mentions("fire"), "\(operation) \(call)")
                }
            }
        }
    }

    @Test(
        "The answer says what happened to the credential of a login that the store failed",
        arguments: [(FaultyStore.Call.reserve, CredentialFate.unused), (.signIn, .spent)])
    func fate(call: FaultyStore.Call, fate: CredentialFate) async throws {
        let bench = try await TokenBench()
        bench.store.fail(call)
        let error = try await refusal { try await bench.signIn() }
        #expect(error.credential == fate)
        #expect(error.message.contains("Try again") == (fate == .unused))
        #expect(try await refusal { try await bench.signIn("absent") }.credential == nil)
    }

    @Test("A revocation that the store refused is an error, and the next attempt ends the grant")
    func revocation() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let token = try #require(issued.refreshToken)
        bench.store.fail(.commit)
        #expect(
            try await refusal { try await bench.service.revoke(token, for: bench.client()) }.code
                == .temporarilyUnavailable)
        #expect(try await bench.isActive(issued.accessToken))
        bench.store.recover()
        try await bench.service.revoke(token, for: bench.client())
        #expect(try await !bench.isActive(issued.accessToken))
    }

    @Test("A refresh whose answer was lost with the store's can be retried within the grace period")
    func lostAnswer() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        bench.store.fail(.commit, mayHaveHappened: true)
        #expect(try await refusal { try await bench.refresh(issued.refreshToken) }.code == .temporarilyUnavailable)
        bench.store.recover()
        let again = try await bench.refresh(issued.refreshToken)
        _ = try await bench.refresh(again.refreshToken)
    }

    @Test("A token with an unknown key is neither accepted nor refused while the key store fails")
    func unknownKey() async throws {
        let bench = try await TokenBench()
        let forge = Forge(key: try .generate(for: .es256), now: bench.clock.date)
        bench.store.fail(.record)
        let token = try forge.token()
        let error = try await refusal { try await bench.verifier.verify(token, audience: TokenBench.audience) }
        #expect(error.code == .temporarilyUnavailable)
        #expect(try await refusal { try await bench.isActive(Secret(token)) }.code == .temporarilyUnavailable)
        #expect(try await refusal { try await bench.service.userInfo(Secret(token)) }.code == .temporarilyUnavailable)
        bench.store.recover()
        bench.clock.advance(by: .seconds(3))
        try await expect(.unknownKey, token, bench.verifier)
    }

    @Test("A hanging store fails each request in time, and what it does later gives nothing away")
    func hanging() async throws {
        for operation in Operation.allCases where operation != .exchange {
            for call in try #require(Self.calls[operation]) {
                let bench = try await TokenBench()
                let issued = try await bench.signIn()
                try await prepare(operation, bench, issued)
                let (held, holder) = AsyncStream<Void>.makeStream()
                let (arrival, arrivals) = AsyncStream<Void>.makeStream()
                bench.store.hold(call) {
                    arrivals.finish()
                    for await _ in held {}
                }
                let isOver = Locked(false)
                let task = Task {
                    defer { isOver.withLock { $0 = true } }
                    return try await refusal { try await perform(operation, bench, issued) }
                }
                for await _ in arrival {}
                // The alarm may not be set yet, so the clock advances until it rings.
                while !isOver.withLock({ $0 }) {
                    bench.clock.advance(by: .seconds(5))
                    await Task.yield()
                }
                #expect(try await task.value.code == .temporarilyUnavailable, "\(operation) \(call)")
                holder.finish()
            }
        }
    }

    @Test("Nothing is left half done if no one waits for it anymore")
    func cancellation() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let task = Task { try await bench.refresh(issued.refreshToken) }
        task.cancel()
        let refreshed = try await task.value
        #expect(try await bench.refresh(issued.refreshToken).refreshToken == refreshed.refreshToken)
    }

    private func prepare(_ operation: Operation, _ bench: TokenBench, _ issued: IssuedTokens) async throws {
        guard [.repeatedRefresh, .reuse].contains(operation) else { return }
        _ = try await bench.refresh(issued.refreshToken)
        if operation == .reuse { bench.clock.advance(by: .seconds(60)) }
    }

    private func perform(_ operation: Operation, _ bench: TokenBench, _ issued: IssuedTokens) async throws {
        switch operation {
        case .exchange: _ = try await bench.signIn()
        case .refresh, .repeatedRefresh, .reuse: _ = try await bench.refresh(issued.refreshToken)
        case .revoke: try await bench.service.revoke(#require(issued.refreshToken), for: bench.client())
        case .revokeByAccessToken: try await bench.service.revoke(issued.accessToken, for: bench.client())
        case .introspect: _ = try await bench.isActive(issued.accessToken)
        case .userInfo: _ = try await bench.service.userInfo(issued.accessToken)
        case .authenticate: _ = try await bench.service.authenticate("web", secret: Secret("wrong"))
        case .refusedRefresh: _ = try await bench.refresh(Secret("wrong"))
        }
    }
}
