import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("Admitting a login", .timeLimit(.minutes(15)))
struct AdmitTests {
    @Test("refuses one login beyond the limit, and admits the next once one has ended")
    func limit() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 2, queue: 0))
        async let first = bench.login(.ticket("one"))
        async let second = bench.login(.ticket("two"))
        try await gate.waitForArrivals(2)
        let error = try await bench.refusal(of: .ticket("three"))
        #expect(error.kind == .unavailable)
        #expect(error.credential == .unused)
        #expect(error.retryAfter == .seconds(1))
        #expect(bench.transport.sendings.count == 2)
        gate.open()
        _ = try await (first, second)
        #expect(try await bench.login(.ticket("three")).subject == "person-1")
    }

    @Test("lets a login wait for room, and admits it when there is some")
    func waiting() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1, queue: 1))
        async let first = bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.login(.ticket("two"))
        // Two deadlines: the exchange of the first, the wait of the second.
        try await bench.clock.waitForSleepers(2)
        #expect(try await bench.refusal(of: .ticket("three")).kind == .unavailable)
        #expect(bench.transport.sendings.count == 1)
        gate.open()
        _ = try await (first, second)
        #expect(bench.transport.sendings.count == 2)
    }

    @Test("counts the wait towards the time of the whole login, and leaves the credential unused")
    func waitingTooLong() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1)) {
            credential, exchange in
            // Its own deadline must not free the place of the first.
            await gate.passStubbornly()
            return try await ScriptedProvider.redeem(credential, exchange)
        }
        async let first = bench.refusal(of: .ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.refusal(of: .ticket("two"))
        try await bench.clock.waitForSleepers(2)
        bench.clock.advance(by: ProviderLimits().timeout)
        let error = try await second
        #expect((error.kind, error.credential) == (.timedOut, .unused))
        #expect(try await first.kind == .timedOut)
        #expect(try await !bench.isHeld(.ticket("two")))
        gate.open()
    }

    @Test("drops a login that is cancelled while it waits")
    func cancelledWait() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1, queue: 1))
        async let first = bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        let second = Task { try await bench.refusal(of: .ticket("two")) }
        try await bench.clock.waitForSleepers(2)
        second.cancel()
        let error = try await second.value
        #expect((error.kind, error.credential) == (.cancelled, .unused))
        // Its place in the queue is free again.
        async let third = bench.login(.ticket("three"))
        gate.open()
        _ = try await (first, third)
    }

    @Test("refuses a login that waited while the provider was disabled, and keeps its credential unused")
    func switchedOff() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1, queue: 1))
        async let first = bench.refusal(of: .ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.refusal(of: .ticket("two"))
        try await bench.clock.waitForSleepers(2)
        bench.broker.setEnabled(false, for: Bench.id)
        gate.open()
        #expect(try await first.credential == .spent)
        let error = try await second
        #expect((error.kind, error.credential) == (.providerDisabled, .unused))
        #expect(bench.transport.sendings.count == 1)
    }

    @Test("keeps the place of a provider that runs past its deadline until it has ended")
    func stuck() async throws {
        let gate = Gate()
        let bench = try Bench(limits: ProviderLimits(concurrency: 1, queue: 1)) { credential, _ in
            if credential.value == Secret("stuck") { await gate.passStubbornly() }
            return .person
        }
        async let stuck = bench.refusal(of: .ticket("stuck"))
        try await gate.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: ProviderLimits().timeout)
        #expect(try await stuck.kind == .timedOut)
        async let next = bench.login(.ticket("next"))
        try await bench.clock.waitForSleepers()
        #expect(bench.admission == .init(underWay: 1, waiting: 1, breaker: .closed(failures: 1)))
        gate.open()
        #expect(try await next.subject == "person-1")
    }

    @Test("lets every login out again, however it ends", arguments: Ending.allCases)
    func leaving(_ ending: Ending) async throws {
        let bench = try ending.makeBench(limits: ProviderLimits(concurrency: 1))
        for number in 0..<3 {
            let kind = try await ending.kind(of: bench, .ticket("ticket-\(number)"))
            #expect(kind == ending.expectedKind)
        }
    }

    @Test("refuses every login if the limit is zero", arguments: [0, -1])
    func none(_ concurrency: Int) async throws {
        #expect(try await Bench(limits: ProviderLimits(concurrency: concurrency)).refusal().kind == .unavailable)
    }

    /// The ways in which an admitted login ends.
    enum Ending: CaseIterable, Sendable {
        case success, storeFailure, transportFailure, providerError, gateRefusal, unrecorded

        var expectedKind: BrokerError.Kind? {
            switch self {
            case .success: nil
            case .storeFailure, .unrecorded: .unavailable
            case .transportFailure: .upstreamUnavailable
            case .providerError: .internalError
            case .gateRefusal: .upstreamMisbehaved
            }
        }

        func makeBench(limits: ProviderLimits) throws -> Bench {
            let failure: ScriptedStore.Step = { () throws(StoreFailure) in
                throw StoreFailure("no", mayHaveHappened: false)
            }
            return switch self {
            case .success:
                try Bench(limits: limits)
            case .storeFailure:
                try Bench(store: ScriptedStore(.init(reserve: failure)), limits: limits)
            case .transportFailure:
                try Bench(transport: .failing(.connectionFailed, mayHaveLeft: false), limits: limits)
            case .providerError:
                try Bench(limits: limits) { _, _ in throw CancellationError() }
            case .gateRefusal:
                try Bench(limits: limits) { _, _ in .person(nil) }
            case .unrecorded:
                try Bench(store: ScriptedStore(.init(conclude: failure)), limits: limits)
            }
        }

        func kind(of bench: Bench, _ credential: Credential) async throws -> BrokerError.Kind? {
            do {
                _ = try await bench.login(credential)
                return nil
            } catch let error as BrokerError {
                return error.kind
            }
        }
    }
}
