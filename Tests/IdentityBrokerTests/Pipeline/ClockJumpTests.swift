import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A clock that jumps")
struct ClockJumpTests {
    static let jumps: [Duration] = [
        .seconds(5), .seconds(90), .seconds(2 * 86_400), .seconds(10 * 365 * 86_400), .seconds(-5), .seconds(-90),
        .seconds(-2 * 86_400), .seconds(-10 * 365 * 86_400),
    ]

    @Test("frees no credential, neither while it is wrong nor when it is right again", arguments: jumps)
    func credentials(jump: Duration) async throws {
        let bench = try Bench()
        _ = try await bench.login()
        for shift in [jump, .zero - jump] {
            bench.clock.shiftDate(by: shift)
            #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
            // Gives a purge time to run.
            bench.clock.advance(by: .seconds(120))
            _ = try await bench.login(.ticket("other-\(shift.components.seconds)"))
            await bench.broker.finish()
            #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        }
    }

    @Test("affects neither breakers nor rates", arguments: jumps)
    func limits(jump: Duration) async throws {
        var limits = ProviderLimits()
        limits.breaker = CircuitBreakerLimit(failures: 1, openFor: .seconds(10))
        let isFailing = Locked(true)
        let bench = try Bench(limits: limits) { provider, context in
            if isFailing.withLock({ $0 }) { throw BrokerError(.upstreamUnavailable, "No.") }
            return try await ScriptedProvider.redeem(provider, context)
        }
        #expect(try await bench.refusal().kind == .upstreamUnavailable)
        isFailing.withLock { $0 = false }
        bench.clock.shiftDate(by: jump)
        #expect(try await bench.refusal(of: .ticket("2")).retryAfter == .seconds(10))
        bench.clock.advance(by: .seconds(10))
        _ = try await bench.login(.ticket("3"))
    }

    @Test("is logged once, with its size", arguments: jumps)
    func log(jump: Duration) throws {
        let bench = try Bench()
        bench.broker.observeClock()
        bench.clock.shiftDate(by: jump)
        for _ in 0..<3 {
            bench.broker.observeClock()
            bench.clock.advance(by: .seconds(1))
        }
        let lines = bench.log.entries.filter { $0.message.contains("the clock was set") }
        #expect(lines.count == 1)
        #expect(lines.first?.message.contains(jump > .zero ? "forward" : "back") == true)
        #expect(lines.first?.metadata["broker.clock.jump_seconds"] == "\(jump.components.seconds)")
    }
}
