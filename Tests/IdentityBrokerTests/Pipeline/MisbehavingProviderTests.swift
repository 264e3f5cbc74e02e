import IdentityBroker
import Testing

@Suite("A provider that keeps forbidden state", .timeLimit(.minutes(15)))
struct MisbehavingProviderTests {
    @Test("gets nothing out through the context of an earlier login")
    func sharedContext() async throws {
        let kept = Locked<ExchangeContext?>(nil)
        let bench = try Bench { credential, exchange in
            let context = kept.withLock { kept in
                defer { kept = kept ?? exchange }
                return kept ?? exchange
            }
            _ = try await context.send(.redeeming(credential))
            return .person
        }
        _ = try await bench.login(.ticket("one"))
        let error = try await bench.refusal(of: .ticket("two"))
        #expect(error.credential == .unused)
        #expect(bench.transport.sendings.count == 1)
        #expect(try await !bench.isHeld(.ticket("two")))
    }

    @Test("gets nothing out from a task that it left behind")
    func detachedSendLater() async throws {
        let (gate, finished, journal) = (Gate(), Gate(), Journal())
        let bench = try Bench { credential, exchange in
            Task.detached {
                await gate.passStubbornly()
                do { _ = try await exchange.send(.redeeming(credential)) } catch { journal.note("refused") }
                finished.open()
            }
            return .person
        }
        _ = try await bench.login()
        gate.open()
        try await finished.pass()
        #expect(journal.entries == ["refused"])
        #expect(bench.transport.sendings.isEmpty)
        #expect(try await bench.isHeld())
    }

    @Test("cannot hide a request that it left behind on the wire", arguments: [false, true])
    func detachedSendUnderWay(mayHaveLeft: Bool) async throws {
        let gate = Gate()
        let failing = ScriptedTransport { _ throws(TransportFailure) in
            await gate.passStubbornly()
            throw TransportFailure(.connectionLost, mayHaveLeft: mayHaveLeft)
        }
        let bench = try Bench(transport: failing) { credential, exchange in
            Task.detached { _ = try? await exchange.send(.redeeming(credential)) }
            try await gate.waitForArrivals()
            throw BrokerError(.accessDenied, "No.")
        }
        async let refusal = bench.refusal()
        try await gate.waitForArrivals()
        gate.open()
        let error = try await refusal
        #expect(error.kind == .accessDenied)
        #expect(error.credential == (mayHaveLeft ? .unknown : .unused))
        #expect(try await bench.isHeld() == mayHaveLeft)
    }
}
