import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("Replacing the providers of a broker", .timeLimit(.minutes(15)))
struct ReplacingProvidersTests {
    /// The outcome of a login during which the providers are replaced.
    private func outcome(replacing: @Sendable (Bench) throws -> Void) async throws -> BrokerError.Kind? {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate))
        let login = Task { try await bench.login() }
        try await gate.waitForArrivals()
        try replacing(bench)
        gate.open()
        do {
            _ = try await login.value
            return nil
        } catch let error as BrokerError {
            return error.kind
        }
    }

    @Test("keeps their order, and the position of a kept one")
    func order() throws {
        let broker = try Bench().broker
        try broker.replaceProviders(with: ["c", "a", "b"].map { try Bench.instance($0) })
        #expect(broker.enabledInstances.map(\.id) == ["c", "a", "b"])
        try broker.replaceProviders(with: ["c", "d", "b"].map { try Bench.instance($0) }, keeping: ["a"])
        #expect(broker.enabledInstances.map(\.id) == ["c", "a", "d", "b"])
        broker.setEnabled(false, for: "d")
        #expect(broker.enabledInstances.map(\.id) == ["c", "a", "b"])
    }

    @Test("lets a login under way end as it began")
    func goingOn() async throws {
        #expect(try await outcome { try $0.broker.replaceProviders(with: [Bench.instance()]) } == nil)
    }

    @Test("refuses a login whose instance was removed, disabled, or has another issuer", arguments: Change.allCases)
    func refusal(_ change: Change) async throws {
        #expect(try await outcome(replacing: change.make) == .providerDisabled)
    }

    enum Change: CaseIterable, Sendable {
        case removed, removedAndPutBack, switchedOff, switchedOffAndOn, anotherIssuer

        func make(in bench: Bench) throws {
            let steps: [[ProviderInstance]] =
                switch self {
                case .removed: [[]]
                case .removedAndPutBack: [[], [try Bench.instance()]]
                case .switchedOff: [[try Bench.instance(isEnabled: false)]]
                case .switchedOffAndOn: [[try Bench.instance(isEnabled: false)], [try Bench.instance()]]
                case .anotherIssuer: [[try Bench.instance(issuer: #require(Issuer("https://another.example")))]]
                }
            for step in steps { try bench.broker.replaceProviders(with: step) }
        }
    }

    @Test("keeps an instance disabled that was disabled while the broker ran")
    func killSwitch() async throws {
        let bench = try Bench()
        bench.broker.setEnabled(false, for: Bench.id)
        try bench.broker.replaceProviders(with: [Bench.instance()])
        #expect(try await bench.refusal().kind == .providerDisabled)
        bench.broker.setEnabled(true, for: Bench.id)
        _ = try await bench.login()
    }

    @Test("is atomic")
    func atomicity() async throws {
        let bench = try Bench()
        let twins = [try Bench.instance("twin"), try Bench.instance("twin")]
        let error = #expect(throws: BrokerError.self) { try bench.broker.replaceProviders(with: twins) }
        #expect(error?.kind == .misconfigured)
        #expect(bench.broker.providers == [Bench.id])
        _ = try await bench.login()
    }

    @Test("counts logins under way toward the new limits, and admits waiting ones if they are wider")
    func limits() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1))
        async let first = bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.login(.ticket("two"))
        try await bench.clock.waitForSleepers(2)
        try bench.broker.replaceProviders(with: [Bench.instance(limits: ProviderLimits(concurrency: 2, queue: 0))])
        try await gate.waitForArrivals(2)
        #expect(try await bench.refusal(of: .ticket("three")).kind == .unavailable)
        gate.open()
        _ = try await (first, second)
    }

    @Test("keeps what was spent of an unchanged rate, and resets a changed one")
    func rates() async throws {
        let slow = ProviderLimits(rate: RateLimit(logins: 1, per: .seconds(60)))
        let bench = try Bench(limits: slow)
        _ = try await bench.login(.ticket("one"))
        try bench.broker.replaceProviders(with: [Bench.instance(limits: slow)])
        #expect(try await bench.refusal(of: .ticket("two")).kind == .rateLimited)
        let slower = ProviderLimits(rate: RateLimit(logins: 1, per: .seconds(120)))
        try bench.broker.replaceProviders(with: [Bench.instance(limits: slower)])
        _ = try await bench.login(.ticket("two"))
    }

    @Test("serves the new instances with the next login")
    func next() async throws {
        let bench = try Bench()
        try bench.broker.replaceProviders(with: [
            Bench.instance { _, _ in .person("somebody-new") }, Bench.instance("another"),
        ])
        #expect(try await bench.login().subject == "somebody-new")
        #expect(bench.broker.providers == ["another", Bench.id])
    }
}
