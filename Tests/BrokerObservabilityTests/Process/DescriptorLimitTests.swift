import Testing

@testable import BrokerObservability

#if canImport(Glibc)
    import Glibc
#endif

@Suite("A process's open descriptors")
struct DescriptorLimitTests {
    @Test("are counted")
    func counting() throws {
        let limit = try #require(DescriptorLimit.current)
        #expect((3...limit).contains(DescriptorLimit.inUse))
        #expect((3...limit).contains(DescriptorLimit.counted(below: limit)))
    }

    #if canImport(Glibc)
        @Test("are counted and reported even if none is left")
        func exhausted() async {
            await #expect(processExitsWith: .success) {
                var limits = rlimit()
                try #require(getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limits) == 0)
                // Some are inherited from the process of all tests, and may have high numbers.
                let highest = (0..<CInt(min(limits.rlim_cur, 65_536))).last { fcntl($0, F_GETFD) >= 0 } ?? 0
                let most = Int(highest) + 100
                limits.rlim_cur = rlim_t(most)
                try #require(setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limits) == 0)
                while open("/dev/null", O_RDONLY) >= 0 {}
                let metric = ProcessMetrics().current().first { $0.name == "process_open_fds" }
                try #require(DescriptorLimit.inUse == most)
                try #require(metric?.value == Double(most))
            }
        }
    #endif
}
