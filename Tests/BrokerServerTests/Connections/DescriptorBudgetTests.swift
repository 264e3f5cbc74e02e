import IdentityBroker
import Testing

@testable import BrokerServer

#if canImport(Glibc)
    import Glibc
#endif

@Suite("The descriptors of a process")
struct DescriptorBudgetTests {
    @Test(
        "are divided so that enough stay free",
        arguments: [
            (limit: 256, inUse: 32, clients: 80, upstreams: 20),
            (limit: 1024, inUse: 32, clients: 464, upstreams: 116),
            (limit: 20_000, inUse: 40, clients: 9948, upstreams: 2487),
            (limit: 65_536, inUse: 40, clients: 10_000, upstreams: 4096),
            (limit: .max, inUse: 40, clients: 10_000, upstreams: 4096),
            (limit: 136, inUse: 40, clients: 16, upstreams: 4),
        ]
    )
    func division(limit: Int, inUse: Int, clients: Int, upstreams: Int) throws {
        let budget = try DescriptorBudget(limit: limit, inUse: inUse)
        #expect((budget.clients, budget.upstreams) == (clients, upstreams))
        // Half as many connections to upstreams are kept idle.
        #expect(inUse + clients + upstreams * 3 + upstreams / 2 <= limit - 64)
    }

    @Test("are enough where the system does not say")
    func unknown() throws {
        #expect(try DescriptorBudget(limit: nil, inUse: 0).clients == 10_000)
    }

    @Test("are too few to serve", arguments: [(135, 40), (20, 40)])
    func tooFew(limit: Int, inUse: Int) {
        let error = #expect(throws: BrokerError.self) { try DescriptorBudget(limit: limit, inUse: inUse) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("may open \(limit) files, and needs at least 136") == true)
    }

    @Test("are counted")
    func counting() throws {
        let limit = try #require(DescriptorLimit.current)
        #expect((3...limit).contains(DescriptorLimit.inUse))
        #expect((3...limit).contains(DescriptorLimit.counted(below: limit)))
    }

    #if canImport(Glibc)
        @Test("are counted and reported where none is left to look with")
        func exhausted() async {
            await #expect(processExitsWith: .success) {
                var limits = rlimit()
                try #require(getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limits) == 0)
                limits.rlim_cur = 200
                try #require(setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limits) == 0)
                while open("/dev/null", O_RDONLY) >= 0 {}
                let metric = ProcessMetrics().current().first { $0.name == "process_open_fds" }
                try #require(DescriptorLimit.inUse == 200)
                try #require(metric?.value == 200)
            }
        }
    #endif
}
