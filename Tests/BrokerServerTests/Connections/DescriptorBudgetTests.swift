import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The descriptors of a process")
struct DescriptorBudgetTests {
    @Test(
        "are divided so that enough remain free",
        arguments: [
            (limit: 256, inUse: 32, clients: 64, upstreams: 16, idle: 8),
            (limit: 1024, inUse: 32, clients: 448, upstreams: 112, idle: 56),
            (limit: 20_000, inUse: 40, clients: 9932, upstreams: 2483, idle: 1024),
            (limit: 65_536, inUse: 40, clients: 10_000, upstreams: 4096, idle: 1024),
            (limit: .max, inUse: 40, clients: 10_000, upstreams: 4096, idle: 1024),
            (limit: 168, inUse: 40, clients: 16, upstreams: 4, idle: 2),
        ]
    )
    func division(limit: Int, inUse: Int, clients: Int, upstreams: Int, idle: Int) throws {
        let budget = try DescriptorBudget(limit: limit, inUse: inUse, hasOperations: false)
        #expect((budget.clients, budget.upstreams, budget.idleUpstreams) == (clients, upstreams, idle))
        #expect(inUse + clients + 32 + upstreams * 3 + idle <= limit - 64)
    }

    @Test(
        "have room for a listener for operations",
        arguments: [
            (limit: 1024, inUse: 32, clients: 424, upstreams: 106, idle: 53),
            (limit: 216, inUse: 40, clients: 16, upstreams: 4, idle: 2),
        ]
    )
    func operations(limit: Int, inUse: Int, clients: Int, upstreams: Int, idle: Int) throws {
        let budget = try DescriptorBudget(limit: limit, inUse: inUse, hasOperations: true)
        #expect((budget.clients, budget.upstreams, budget.idleUpstreams) == (clients, upstreams, idle))
        #expect(inUse + clients + 32 + 16 + 32 + upstreams * 3 + idle <= limit - 64)
    }

    @Test("are assumed to suffice if the system does not say")
    func unknown() throws {
        #expect(try DescriptorBudget(limit: nil, inUse: 0, hasOperations: true).clients == 10_000)
    }

    @Test(
        "are too few to serve",
        arguments: [(167, 40, false, 168), (20, 40, false, 168), (215, 40, true, 216)]
    )
    func tooFew(limit: Int, inUse: Int, hasOperations: Bool, needed: Int) {
        let error = #expect(throws: BrokerError.self) {
            try DescriptorBudget(limit: limit, inUse: inUse, hasOperations: hasOperations)
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("may open \(limit) files, and needs at least \(needed)") == true)
    }
}
