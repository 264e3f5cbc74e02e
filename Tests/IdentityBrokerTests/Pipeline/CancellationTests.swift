import IdentityBroker
import Testing

@Suite("A login whose caller gives up", .timeLimit(.minutes(15)))
struct CancellationTests {
    /// The step of the login at which its caller gives up.
    enum Moment: CaseIterable, Sendable {
        case beforeAnything, reserving, beforeSending, connecting, waiting, afterAnswer, concluding
    }

    private func makeBench(holding gate: Gate, at moment: Moment) throws -> Bench {
        var steps = ScriptedStore.Script()
        if moment == .reserving { steps.reserve = { await gate.passStubbornly() } }
        if moment == .concluding { steps.conclude = { await gate.passStubbornly() } }
        let isHeldInTransport = moment == .connecting || moment == .waiting
        let transport =
            isHeldInTransport ? ScriptedTransport.waiting(at: gate, mayHaveLeft: moment == .waiting) : .init()
        return try Bench(transport: transport, store: ScriptedStore(steps)) { credential, exchange in
            if moment == .beforeSending { await gate.passStubbornly() }
            _ = try await exchange.send(.redeeming(credential))
            if moment == .afterAnswer { await gate.passStubbornly() }
            return .person
        }
    }

    private func outcome(at moment: Moment) async throws -> (bench: Bench, error: BrokerError?) {
        let gate = Gate()
        let bench = try makeBench(holding: gate, at: moment)
        let login = Task { () async -> BrokerError? in
            if moment == .beforeAnything { withUnsafeCurrentTask { $0?.cancel() } }
            do throws(BrokerError) {
                _ = try await bench.broker.login(Bench.id, with: .ticket("ticket-1"))
                return nil
            } catch {
                return error
            }
        }
        if moment != .beforeAnything {
            try await gate.waitForArrivals()
            login.cancel()
        }
        // The login waits for a store, but not for a provider, whose gate stays shut until the login is over.
        if moment == .reserving || moment == .concluding { gate.open() }
        let error = await login.value
        gate.open()
        return (bench, error)
    }

    @Test(
        "is cancelled, and its credential's fate is decided by what left",
        arguments: [
            (Moment.beforeAnything, CredentialFate.unused), (.reserving, .unused), (.beforeSending, .unused),
            (.connecting, .unused), (.waiting, .unknown), (.afterAnswer, .spent),
        ]
    )
    func fate(at moment: Moment, fate: CredentialFate) async throws {
        let (bench, error) = try await outcome(at: moment)
        #expect(error?.kind == .cancelled)
        #expect(error?.credential == fate)
        #expect(bench.audit.map(\.failure) == ["cancelled"])
        #expect(bench.audit.map(\.credential) == [fate.rawValue])
        #expect(bench.transport.sendings.count == (fate == .unused && moment != .connecting ? 0 : 1))
        #expect(try await bench.isHeld() == (fate != .unused))
    }

    @Test("is unaffected once its outcome is being recorded")
    func concluding() async throws {
        let (bench, error) = try await outcome(at: .concluding)
        #expect(error == nil)
        #expect(bench.audit.map(\.failure) == [nil])
        #expect(try await bench.isHeld())
    }
}
