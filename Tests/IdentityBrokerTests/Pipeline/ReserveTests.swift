import BrokerTesting
import IdentityBroker
import Testing

@Suite("Reserving a credential")
struct ReserveTests {
    @Test("refuses a credential that was presented before, and sends nothing")
    func presentedBefore() async throws {
        let bench = try Bench()
        _ = try await bench.login()
        let error = try await bench.refusal()
        #expect(error.kind == .credentialAlreadyUsed)
        #expect(error.credential == .spent)
        #expect(bench.transport.sendings.count == 1)
    }

    @Test("refuses when the store is full, and sends nothing")
    func full() async throws {
        let bench = try Bench(store: ScriptedStore(memory: MemoryStore(capacity: 1)))
        _ = try await bench.login(.ticket("one"))
        let error = try await bench.refusal(of: .ticket("two"))
        #expect(error.kind == .unavailable)
        #expect(error.credential == .unused)
        #expect(bench.transport.sendings.count == 1)
    }

    @Test(
        "refuses when the store fails, sends nothing, and does not promise that the credential is good",
        arguments: [(false, CredentialFate.unused), (true, .unknown)]
    )
    func failing(mayHaveHappened: Bool, fate: CredentialFate) async throws {
        let store = ScriptedStore(
            .init(reserve: { () throws(StoreFailure) in
                throw StoreFailure("the disk is full", mayHaveHappened: mayHaveHappened)
            })
        )
        let bench = try Bench(store: store)
        let error = try await bench.refusal()
        #expect(error.kind == .unavailable)
        #expect(error.credential == fate)
        #expect(bench.transport.sendings.isEmpty)
        #expect(bench.audit.map(\.credential) == [fate.rawValue])
        #expect(!error.message.contains("disk"))
        #expect(bench.log.mentions("the disk is full"))
    }

    @Test("is scoped by issuer: instances with one issuer share it, others do not")
    func scope() async throws {
        let issuers = [("a", Issuer.example), ("b", .example), ("c", .example("https://another.example"))]
        let instances = try issuers.map { id, issuer in
            try ProviderInstance(
                ScriptedProvider.self,
                settings: .init(issuer: issuer),
                context: ProviderContext(id: try #require(ProviderID(id)))
            )
        }
        let clock = TestClock()
        let broker = try Broker(
            providers: instances,
            transport: ScriptedTransport(),
            clock: BrokerClock(clock, now: clock.wallClock)
        )
        _ = try await broker.login("a", with: .ticket("abc"))
        let error = await #expect(throws: BrokerError.self) { try await broker.login("b", with: .ticket("abc")) }
        #expect(error?.kind == .credentialAlreadyUsed)
        _ = try await broker.login("c", with: .ticket("abc"))
    }

    @Test("lasts as long as configured, 24 hours by default, plus the hour by which a clock may be ahead")
    func retention() async throws {
        let bench = try Bench()
        _ = try await bench.login()
        bench.clock.advance(by: .seconds(25 * 60 * 60 - 1))
        #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        #expect(try await bench.store.memory.purge(at: bench.clock.date, atMost: 10) == 0)
        bench.clock.advance(by: .seconds(1))
        #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        #expect(try await bench.store.memory.purge(at: bench.clock.date, atMost: 10) == 1)
        _ = try await bench.login()
        #expect(bench.transport.sendings.count == 2)
    }

    @Test("outlasts a step of the clock that is believed at once", arguments: [15, 50])
    func step(minutes: Int64) async throws {
        let bench = try Bench(retention: .seconds(10 * 60))
        _ = try await bench.login()
        await bench.broker.finish()
        bench.clock.shiftDate(by: .seconds(minutes * 60))
        bench.clock.advance(by: .seconds(60))
        _ = try await bench.login(.ticket("after-the-step"))
        await bench.broker.finish()
        #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        #expect(bench.transport.sendings.count == 2)
    }

    @Test("outlasts the purge of a replica whose clock is fast", arguments: [15, 50])
    func fastReplica(minutes: Int64) async throws {
        let store = ScriptedStore()
        let (right, fast) = (
            try Bench(store: store, retention: .seconds(10 * 60)), try Bench(store: store, retention: .seconds(10 * 60))
        )
        fast.clock.shiftDate(by: .seconds(minutes * 60))
        _ = try await right.login()
        await right.broker.finish()
        for bench in [right, fast] { bench.clock.advance(by: .seconds(60)) }
        _ = try await fast.login(.ticket("by-the-fast-one"))
        await fast.broker.finish()
        for bench in [right, fast] { #expect(try await bench.refusal().kind == .credentialAlreadyUsed) }
        #expect(right.transport.sendings.count + fast.transport.sendings.count == 2)
    }

    @Test("is skipped for a reusable credential")
    func reusable() async throws {
        let bench = try Bench()
        for _ in 0..<3 { _ = try await bench.login(.idToken("header.payload.signature")) }
        #expect(bench.transport.sendings.count == 3)
        #expect(try await !bench.isHeld(.idToken("header.payload.signature")))
    }
}

@Suite("The retention of credentials")
struct RetentionTests {
    @Test("must be positive", arguments: [Duration.zero, .seconds(-1)])
    func bound(_ retention: Duration) {
        let failure = #expect(throws: BrokerError.self) {
            try Broker(providers: [], transport: ScriptedTransport(), retention: retention)
        }
        #expect(failure?.kind == .misconfigured)
    }
}
