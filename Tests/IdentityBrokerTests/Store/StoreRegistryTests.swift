import IdentityBroker
import Testing

@Suite("A registry of store kinds")
struct StoreRegistryTests {
    private let another = StoreKind(name: "another", documentation: "Another.", makeStore: { _, _ in MemoryStore() })

    @Test("knows the kinds that it was given, by name")
    func kinds() throws {
        let registry = try StoreRegistry([.memory, another])
        #expect(registry.all.map(\.name) == ["another", "memory"])
        #expect(registry["memory"]?.documentation == StoreKind.memory.documentation)
        #expect(registry["postgres"] == nil)
    }

    @Test("has the first of them hold where nothing is said")
    func defaultKind() throws {
        #expect(try StoreRegistry([another, .memory]).defaultKind?.name == "another")
        #expect(try StoreRegistry().defaultKind == nil)
    }

    @Test("takes no kind twice, and keeps the first")
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
