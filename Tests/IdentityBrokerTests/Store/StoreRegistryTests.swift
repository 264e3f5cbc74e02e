import IdentityBroker
import Testing

@Suite("A registry of store kinds")
struct StoreRegistryTests {
    private let another = StoreKind(name: "another", documentation: "Another.", makeStore: { _, _ in MemoryStore() })

    @Test("finds its kinds by name")
    func kinds() throws {
        let registry = try StoreRegistry([.memory, another])
        #expect(registry.all.map(\.name) == ["another", "memory"])
        #expect(registry["memory"]?.documentation == StoreKind.memory.documentation)
        #expect(registry["postgres"] == nil)
    }

    @Test("uses the first of them by default")
    func defaultKind() throws {
        #expect(try StoreRegistry([another, .memory]).defaultKind?.name == "another")
        #expect(try StoreRegistry().defaultKind == nil)
    }

    @Test("refuses a second kind of the same name")
    func twice() throws {
        var registry = try StoreRegistry([.memory])
        let namesake = StoreKind(name: "memory", documentation: "A namesake.", makeStore: another.makeStore)
        let error = #expect(throws: BrokerError.self) { try registry.register(namesake) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("memory") == true)
        #expect(registry["memory"]?.documentation == StoreKind.memory.documentation)
        #expect(throws: BrokerError.self) { try StoreRegistry([another, another]) }
    }

    @Test("makes a memory store")
    func memory() throws {
        #expect(try StoreKind.memory.makeStore(DecoderProbe.decoder(of: "{}"), StoreContext()) is MemoryStore)
    }
}
