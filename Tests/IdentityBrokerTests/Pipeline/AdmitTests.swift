import IdentityBroker
import Testing

@Suite("Admitting a login", .timeLimit(.minutes(1)))
struct AdmitTests {
    @Test("refuses one more than may be under way at once, and admits the next once one is over")
    func limit() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 2))
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

    @Test("lets every login out again, however it ends", arguments: Ending.allCases)
    func leaving(_ ending: Ending) async throws {
        let bench = try ending.makeBench(limits: ProviderLimits(concurrency: 1))
        for number in 0..<3 {
            let kind = try await ending.kind(of: bench, .ticket("ticket-\(number)"))
            #expect(kind == ending.expectedKind)
        }
    }

    @Test("refuses everything where nothing may be under way", arguments: [0, -1])
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
