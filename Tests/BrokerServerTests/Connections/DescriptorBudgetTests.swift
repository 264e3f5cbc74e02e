import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The descriptors of a process")
struct DescriptorBudgetTests {
    @Test(
        "are divided so that a quarter stays free",
        arguments: [
            (limit: 256, inUse: 32, clients: 112, upstreams: 56),
            (limit: 1024, inUse: 32, clients: 496, upstreams: 248),
            (limit: 20_000, inUse: 40, clients: 9980, upstreams: 1024),
            (limit: 65_536, inUse: 40, clients: 10_000, upstreams: 1024),
            (limit: .max, inUse: 40, clients: 10_000, upstreams: 1024),
            (limit: 72, inUse: 40, clients: 16, upstreams: 8),
        ]
    )
    func division(limit: Int, inUse: Int, clients: Int, upstreams: Int) throws {
        let budget = try DescriptorBudget(limit: limit, inUse: inUse)
        #expect((budget.clients, budget.upstreams) == (clients, upstreams))
    }

    @Test("are enough where the system does not say")
    func unknown() throws {
        #expect(try DescriptorBudget(limit: nil, inUse: 0).clients == 10_000)
    }

    @Test("are too few to serve", arguments: [(71, 40), (20, 40)])
    func tooFew(limit: Int, inUse: Int) {
        let error = #expect(throws: BrokerError.self) { try DescriptorBudget(limit: limit, inUse: inUse) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("may open \(limit) files, and needs at least 72") == true)
    }

    @Test("are counted")
    func counting() throws {
        let limit = try #require(DescriptorLimit.current)
        let inUse = try #require(DescriptorLimit.inUse)
        #expect((3...limit).contains(inUse))
    }
}
