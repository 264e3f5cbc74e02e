import BrokerTesting
import IdentityBroker
import Testing

@Suite("The rate of logins", .timeLimit(.minutes(15)))
struct RateLimitTests {
    @Test("is limited per provider, and a login beyond it is told when to retry")
    func provider() async throws {
        let bench = try Bench(limits: ProviderLimits(rate: RateLimit(logins: 2, per: .seconds(10))))
        _ = try await bench.login(.ticket("one"))
        _ = try await bench.login(.ticket("two"))
        let error = try await bench.refusal(of: .ticket("three"))
        #expect((error.kind, error.credential) == (.rateLimited, .unused))
        #expect(error.retryAfter == .seconds(5))
        bench.clock.advance(by: .seconds(5))
        _ = try await bench.login(.ticket("three"))
    }

    @Test("is limited per caller, and not for unnamed callers")
    func caller() async throws {
        let bench = try Bench(limits: ProviderLimits(callerRate: RateLimit(logins: 1, per: .seconds(60))))
        _ = try await bench.login(.ticket("one"), from: CallerKey("192.0.2.1"))
        let error = try await bench.refusal(of: .ticket("two"), from: CallerKey("192.0.2.1"))
        #expect((error.kind, error.credential) == (.rateLimited, .unused))
        #expect(error.retryAfter == .seconds(60))
        _ = try await bench.login(.ticket("two"), from: CallerKey("192.0.2.2"))
        _ = try await bench.login(.ticket("three"))
    }

    @Test("of the provider is not used up by a refused caller")
    func refusedCaller() async throws {
        let bench = try Bench(
            limits: ProviderLimits(
                rate: RateLimit(logins: 2, per: .seconds(60)),
                callerRate: RateLimit(logins: 1, per: .seconds(60))
            )
        )
        _ = try await bench.login(.ticket("one"), from: CallerKey("greedy"))
        for _ in 0..<10 {
            #expect(try await bench.refusal(of: .ticket("two"), from: CallerKey("greedy")).kind == .rateLimited)
        }
        _ = try await bench.login(.ticket("two"), from: CallerKey("modest"))
    }

    @Test(
        "that is meaningless is refused when the instance is made",
        arguments: [
            ProviderLimits(rate: RateLimit(logins: 0, per: .seconds(1))),
            ProviderLimits(rate: RateLimit(logins: 1, per: .zero)),
            ProviderLimits(callerRate: RateLimit(logins: 1, per: .seconds(1), burst: 0)),
            ProviderLimits(breaker: CircuitBreakerLimit(failures: 0)),
            ProviderLimits(breaker: CircuitBreakerLimit(openFor: .zero)),
        ])
    func nonsense(_ limits: ProviderLimits) {
        let error = #expect(throws: BrokerError.self) { try Bench(limits: limits) }
        #expect(error?.kind == .misconfigured)
    }
}
