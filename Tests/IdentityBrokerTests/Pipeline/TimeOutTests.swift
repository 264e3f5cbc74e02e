import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("A login that does not end in time", .timeLimit(.minutes(15)))
struct TimeOutTests {
    /// When the provider hangs: before it sends, with the request on the wire, or after the answer.
    enum Moment: CaseIterable, Sendable {
        case beforeSending, whileConnecting, whileWaiting, afterAnswer

        var fate: CredentialFate {
            switch self {
            case .beforeSending, .whileConnecting: .unused
            case .whileWaiting: .unknown
            case .afterAnswer: .spent
            }
        }
    }

    @Test("has timed out, and its credential's fate is decided by what left", arguments: Moment.allCases)
    func fate(_ moment: Moment) async throws {
        let gate = Gate()
        let isHeldInTransport = moment == .whileConnecting || moment == .whileWaiting
        let transport =
            isHeldInTransport ? ScriptedTransport.waiting(at: gate, mayHaveLeft: moment == .whileWaiting) : .init()
        let bench = try Bench(transport: transport) { credential, exchange in
            if moment == .beforeSending { await gate.passStubbornly() }
            _ = try await exchange.send(.redeeming(credential))
            if moment == .afterAnswer { await gate.passStubbornly() }
            return .person
        }
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: ProviderLimits().timeout)
        // The gate is still shut: half of the test is that the login ends.
        let error = try await refusal
        #expect(error.kind == .timedOut)
        #expect(error.credential == moment.fate)
        #expect(try await bench.isHeld() == (moment.fate != .unused))
        #expect(bench.audit.map(\.failure) == ["timed_out"])
        #expect(bench.audit.map(\.duration) == [ProviderLimits().timeout])
        gate.open()
    }

    @Test("cannot be saved by a provider that continues: nothing more is sent")
    func late() async throws {
        let (gate, finished, journal) = (Gate(), Gate(), Journal())
        let bench = try Bench { credential, exchange in
            await gate.passStubbornly()
            do { _ = try await exchange.send(.redeeming(credential)) } catch { journal.note("refused") }
            finished.open()
            return .person
        }
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(10))
        #expect(try await refusal.credential == .unused)
        gate.open()
        try await finished.pass()
        #expect(journal.entries == ["refused"])
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test(
        "ends in time even if its store hangs, sends nothing, and says what is known about the credential",
        arguments: [true, false])
    func hangingStore(hasBegun: Bool) async throws {
        let gate = Gate()
        let store = ScriptedStore(
            .init(reserve: {
                StoreCall.current?.wait()
                if hasBegun { _ = StoreCall.current?.begin() }
                await gate.passStubbornly()
            }))
        let bench = try Bench(store: store, limits: ProviderLimits(timeout: .seconds(2)))
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(2))
        let error = try await refusal
        #expect(error.kind == .unavailable)
        #expect(error.credential == (hasBegun ? .unknown : .unused))
        #expect(error.message.contains("in time"))
        #expect(bench.audit.map(\.credential) == [hasBegun ? "unknown" : "unused"])
        gate.open()
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test("keeps a credential with a late reservation unusable")
    func lateReservation() async throws {
        let (gate, reserved) = (Gate(), Gate())
        let store = ScriptedStore(
            .init(reserve: { if !gate.isOpen { await gate.passStubbornly() } }, afterReserve: { reserved.open() }))
        let bench = try Bench(store: store)
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(10))
        #expect(try await refusal.credential == .unknown)
        gate.open()
        try await reserved.pass()
        #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test("answers within its grace period even if its verdict cannot be written")
    func hangingVerdict() async throws {
        let gate = Gate()
        let store = ScriptedStore(.init(conclude: { await gate.passStubbornly() }))
        let bench = try Bench(store: store, limits: ProviderLimits(timeout: .seconds(2)))
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        // The exchange's alarm, although switched off, may still count as a sleeper, so the clock advances until the
        // login is over.
        let isOver = Locked(false)
        let mover = Task {
            while !isOver.withLock({ $0 }) {
                bench.clock.advance(by: .milliseconds(500))
                await Task.yield()
            }
        }
        let error = try await refusal
        isOver.withLock { $0 = true }
        await mover.value
        #expect(error.kind == .unavailable)
        #expect(error.credential == .spent)
        gate.open()
    }

    @Test("has the time that its instance allows")
    func limits() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(timeout: .milliseconds(250)))
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        #expect(bench.transport.sendings.map(\.timeout) == [.milliseconds(250)])
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .milliseconds(250))
        #expect(try await refusal.kind == .timedOut)
    }
}
