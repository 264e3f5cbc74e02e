import BrokerTesting
import Logging
import Testing

@testable import IdentityBroker

@Suite("The circuit breaker of a provider", .timeLimit(.minutes(15)))
struct BreakerTests {
    private let limits = ProviderLimits(breaker: CircuitBreakerLimit(failures: 3, openFor: .seconds(10)))

    private func bench(failing kind: BrokerError.Kind?) throws -> Bench {
        try Bench(limits: limits) { _, _ in
            if let kind { throw BrokerError(kind, "No.") }
            return .person
        }
    }

    @Test("opens at failures of the upstream", arguments: [BrokerError.Kind.upstreamUnavailable, .upstreamMisbehaved])
    func opening(_ kind: BrokerError.Kind) async throws {
        let bench = try bench(failing: kind)
        for number in 1...3 { #expect(try await bench.refusal(of: .ticket("\(number)")).kind == kind) }
        let error = try await bench.refusal(of: .ticket("4"))
        #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
        #expect(error.retryAfter == .seconds(10))
        #expect(bench.admission?.breaker == .open(until: .seconds(10)))
    }

    @Test(
        "stays closed whatever users, callers and operators do wrong",
        arguments: Set(BrokerError.Kind.allKinds).subtracting([.upstreamUnavailable, .upstreamMisbehaved, .timedOut])
    )
    func others(_ kind: BrokerError.Kind) async throws {
        let bench = try bench(failing: kind)
        for number in 1...10 { #expect(try await bench.refusal(of: .ticket("\(number)")).kind == kind) }
        #expect(bench.admission?.breaker == .closed(failures: 0))
    }

    @Test("opens at an upstream that hangs, and not at one that had no time left")
    func hanging() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: limits)
        async let one = bench.refusal(of: .ticket("1"))
        async let two = bench.refusal(of: .ticket("2"))
        async let three = bench.refusal(of: .ticket("3"))
        try await gate.waitForArrivals(3)
        try await bench.clock.waitForSleepers(3)
        bench.clock.advance(by: limits.timeout)
        #expect(try await [one, two, three].map(\.kind) == [.timedOut, .timedOut, .timedOut])
        #expect(bench.admission?.breaker == .open(until: .seconds(20)))
    }

    @Test("ignores a login that spent most of its time waiting for room")
    func waiting() async throws {
        let (gate, second) = (Gate(), Gate())
        let bench = try Bench(limits: ProviderLimits(concurrency: 1)) { credential, _ in
            try await (credential.value == Secret("1") ? gate : second).pass()
            return .person
        }
        async let one = bench.login(.ticket("1"))
        try await gate.waitForArrivals()
        async let two = bench.refusal(of: .ticket("2"))
        try await bench.clock.waitForSleepers(2)
        bench.clock.advance(by: .seconds(6))
        gate.open()
        _ = try await one
        try await second.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(4))
        #expect(try await two.kind == .timedOut)
        #expect(bench.admission?.breaker == .closed(failures: 0))
    }

    @Test("is not affected by the gate, which concerns one person's record")
    func gate() async throws {
        let bench = try Bench(limits: limits) { _, _ in .person(nil) }
        for number in 1...5 { #expect(try await bench.refusal(of: .ticket("\(number)")).kind == .upstreamMisbehaved) }
        #expect(bench.admission?.breaker == .closed(failures: 0))
    }

    @Test("lets one login try after a while, and all of them once that has succeeded")
    func recovery() async throws {
        let health = Journal()
        let bench = try Bench(limits: limits) { _, _ in
            if health.entries.isEmpty { throw BrokerError(.upstreamUnavailable, "No.") }
            return .person
        }
        for number in 1...3 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        bench.clock.advance(by: .seconds(10))
        #expect(try await bench.refusal(of: .ticket("trial")).kind == .upstreamUnavailable)
        health.note("well again")
        #expect(try await bench.refusal(of: .ticket("too-early")).credential == .unused)
        bench.clock.advance(by: .seconds(10))
        _ = try await bench.login(.ticket("second-trial"))
        #expect(bench.admission?.breaker == .closed(failures: 0))
    }

    @Test("gets its trial back from a login that never contacted the upstream")
    func wastedTrial() async throws {
        let health = Journal()
        let bench = try Bench(limits: limits) { _, _ in
            if health.entries.isEmpty { throw BrokerError(.upstreamUnavailable, "No.") }
            return .person
        }
        for number in 1...3 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        health.note("well again")
        bench.clock.advance(by: .seconds(10))
        // Nothing left with these tickets, so they may be presented again; this one is held by another login.
        #expect(try await !bench.isHeld(.ticket("held")))
        #expect(try await bench.refusal(of: .ticket("held")).kind == .credentialAlreadyUsed)
        _ = try await bench.login(.ticket("fresh"))
    }

    @Test("can be left out")
    func none() async throws {
        let bench = try Bench(limits: ProviderLimits(breaker: nil)) { _, _ in
            throw BrokerError(.upstreamUnavailable, "No.")
        }
        for number in 1...20 { #expect(try await bench.refusal(of: .ticket("\(number)")).retryAfter == nil) }
    }

    @Test("is reported when it opens, with the reason, and when it closes, but not at each refused login")
    func told() async throws {
        let isFailing = Locked(true)
        let bench = try Bench(limits: limits) { _, _ in
            if isFailing.withLock({ $0 }) { throw BrokerError(.upstreamUnavailable, "No.", upstreamCode: "503") }
            return .person
        }
        for number in 1...5 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        let opened = bench.log.entries.filter { $0.message == "the upstream keeps failing and is left alone" }
        #expect(opened.count == 1)
        #expect(opened.first?.level == .warning)
        #expect(
            opened.first?.metadata == [
                "broker.provider": "scripted", "broker.reason": "No.", "broker.upstream_code": "503",
                "broker.breaker.open_ms": "10000",
            ])
        isFailing.withLock { $0 = false }
        bench.clock.advance(by: .seconds(10))
        _ = try await bench.login(.ticket("6"))
        let closed = bench.log.entries.filter { $0.message == "the upstream works again" }
        #expect(closed.map(\.level) == [.notice])
    }

    @Test("is reported once when it opens and once when it closes, even if its limit changes in between")
    func toldAcrossReload() async throws {
        let isFailing = Locked(true)
        let script: ScriptedProvider.Script = { _, _ in
            if isFailing.withLock({ $0 }) { throw BrokerError(.upstreamUnavailable, "No.") }
            return .person
        }
        let bench = try Bench(limits: limits, script: script)
        for number in 1...3 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        let changed = ProviderLimits(breaker: CircuitBreakerLimit(failures: 1, openFor: .seconds(10)))
        try bench.broker.replaceProviders(with: [Bench.instance(limits: changed, script)])
        #expect(try await bench.refusal(of: .ticket("4")).retryAfter == .seconds(10))
        isFailing.withLock { $0 = false }
        bench.clock.advance(by: .seconds(10))
        _ = try await bench.login(.ticket("5"))
        let news = ["the upstream keeps failing and is left alone", "the upstream works again"]
        #expect(bench.log.entries.map(\.message).filter(news.contains) == news)
    }

    @Test("is removed with its state when the limit is removed")
    func takenOut() async throws {
        let bench = try bench(failing: .upstreamUnavailable)
        for number in 1...3 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        for limits in [ProviderLimits(breaker: nil), limits] {
            try bench.broker.replaceProviders(with: [Bench.instance(limits: limits)])
            _ = try await bench.login(.ticket("\(limits.breaker == nil)"))
        }
    }
}
