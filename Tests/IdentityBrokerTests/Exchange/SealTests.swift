import Testing

@testable import IdentityBroker

@Suite("Sealing a guarded transport", .timeLimit(.minutes(15)))
struct SealTests {
    /// Returns once the transport refuses everything.
    private func waitUntilSealed(_ guarded: GuardedTransport) async throws {
        var number = 0
        while await guarded.refusal(of: .keys("probe-\(number)")) == nil {
            try Task.checkCancellation()
            number += 1
            await Task.yield()
        }
    }

    /// Delays requests with the credential, and answers everything else at once.
    private func transport(holding gate: Gate, journal: Journal = Journal()) -> ScriptedTransport {
        ScriptedTransport { request throws(TransportFailure) in
            guard request == .redeeming(.guarded) else { return .ok }
            await gate.passStubbornly()
            journal.note("answered")
            return .ok
        }
    }

    @Test("waits for requests under way, and then says what left")
    func waiting() async throws {
        let (gate, journal) = (Gate(), Journal())
        let guarded = GuardedTransport.example(over: transport(holding: gate, journal: journal))
        async let refusal = guarded.refusal(of: .redeeming(.guarded))
        try await gate.waitForArrivals()
        async let departure = {
            let departure = await guarded.seal()
            journal.note("sealed")
            return departure
        }()
        try await waitUntilSealed(guarded)
        gate.open()
        #expect(await departure == .answered)
        #expect(await refusal == nil)
        #expect(journal.entries == ["answered", "sealed"])
    }

    @Test("lets nothing more out, even for a kept context")
    func afterwards() async {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.seal() == .nothingLeft)
        #expect(await guarded.refusal(of: .redeeming(.guarded)) != nil)
        #expect(await guarded.refusal(of: .keys()) != nil)
        #expect(transport.sendings.isEmpty)
    }

    @Test("says that nothing left if the requests under way never did")
    func nothingLeft() async throws {
        let gate = Gate()
        let guarded = GuardedTransport.example(over: .waiting(at: gate, mayHaveLeft: false))
        let sending = Task { await guarded.refusal(of: .redeeming(.guarded)) }
        try await gate.waitForArrivals()
        async let departure = guarded.seal()
        sending.cancel()
        #expect(await departure == .nothingLeft)
        #expect(await sending.value?.kind == .cancelled)
    }

    @Test("waits for all that is under way")
    func several() async throws {
        let gate = Gate()
        let guarded = GuardedTransport.example(over: .waiting(at: gate))
        let sendings = (0..<10).map { number in Task { await guarded.refusal(of: .keys("\(number)")) } }
        try await gate.waitForArrivals(10)
        async let departure = guarded.seal()
        for sending in sendings.dropLast() {
            sending.cancel()
            _ = await sending.value
        }
        gate.open()
        #expect(await departure == .unanswered)
    }
}
