import BrokerTesting
import IdentityBroker
import Testing

@Suite("A login that is not over in time", .timeLimit(.minutes(15)))
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
        // The gate is still shut: that the login ends is half of the test.
        let error = try await refusal
        #expect(error.kind == .timedOut)
        #expect(error.credential == moment.fate)
        #expect(try await bench.isHeld() == (moment.fate != .unused))
        #expect(bench.audit.map(\.failure) == ["timed_out"])
        #expect(bench.audit.map(\.duration) == [ProviderLimits().timeout])
        gate.open()
    }

    @Test("cannot be made up for by a provider that goes on: nothing is sent any more")
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

    @Test("sends nothing if its time went by while the credential was being reserved")
    func slowStore() async throws {
        let gate = Gate()
        let bench = try Bench(store: ScriptedStore(.init(reserve: { await gate.passStubbornly() })))
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        bench.clock.advance(by: .seconds(11))
        gate.open()
        let error = try await refusal
        #expect(error.kind == .timedOut)
        #expect(error.credential == .unused)
        #expect(bench.transport.sendings.isEmpty)
        #expect(try await !bench.isHeld())
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
