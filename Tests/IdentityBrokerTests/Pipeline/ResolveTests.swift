import IdentityBroker
import Testing

@Suite("Resolving a provider")
struct ResolveTests {
    @Test("refuses an unconfigured id")
    func unknown() async throws {
        let bench = try Bench()
        let error = try await bench.refusal(at: "nobody")
        #expect(error.kind == .unknownProvider)
        #expect(error.provider == nil)
        #expect(error.credential == .unused)
        #expect(error.message.contains("nobody"))
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test("refuses an instance configured as disabled, and never makes its provider")
    func configuredOff() async throws {
        let bench = try Bench(secret: .environment("NO SUCH VARIABLE"), isEnabled: false)
        let error = try await bench.refusal()
        #expect(error.kind == .providerDisabled)
        #expect(error.provider == Bench.id)
        #expect(error.credential == .unused)
        #expect(bench.broker.setEnabled(true, for: Bench.id))
        #expect(try await bench.refusal().kind == .providerDisabled)
    }

    @Test("refuses a disabled instance until it is enabled")
    func switchedOff() async throws {
        let bench = try Bench()
        bench.broker.setEnabled(false, for: Bench.id)
        #expect(try await bench.refusal().kind == .providerDisabled)
        #expect(bench.transport.sendings.isEmpty)
        bench.broker.setEnabled(true, for: Bench.id)
        #expect(try await bench.login().subject == "person-1")
    }

    @Test("has no switch for a nonexistent instance")
    func noSwitch() throws {
        #expect(try !Bench().broker.setEnabled(false, for: "nobody"))
    }

    @Test("lists the ids in order")
    func providers() throws {
        let instances = try ["b", "a", "c"].map { id in
            try ProviderInstance(ScriptedProvider.self, settings: .init(), context: ProviderContext(id: id))
        }
        #expect(try Broker(providers: instances, transport: ScriptedTransport()).providers == ["a", "b", "c"])
    }

    @Test("refuses two instances with the same id")
    func sameID() throws {
        let instance = try ProviderInstance(ScriptedProvider.self, settings: .init(), context: ProviderContext(id: "a"))
        let error = #expect(throws: BrokerError.self) {
            try Broker(providers: [instance, instance], transport: ScriptedTransport())
        }
        #expect(error?.kind == .misconfigured)
    }
}
