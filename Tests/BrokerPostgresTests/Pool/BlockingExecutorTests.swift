import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@testable import BrokerPostgres

@Suite("A thread for an actor that blocks", .timeLimit(.minutes(15)))
struct BlockingExecutorTests {
    private actor Worker {
        let executor = BlockingExecutor()
        private(set) var count = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        /// Which thread it ran on.
        func work() -> pthread_t {
            count += 1
            return pthread_self()
        }
    }

    @Test("is one thread for all jobs, and none of the caller's")
    func oneThread() async {
        let worker = Worker()
        let threads = await withTaskGroup(of: pthread_t.self) { group in
            for _ in 0..<100 { group.addTask { await worker.work() } }
            return await group.reduce(into: Set<pthread_t>()) { $0.insert($1) }
        }
        #expect(threads.count == 1)
        #expect(await worker.count == 100)
        worker.executor.join()
    }

    @Test("has ended when it was joined, and makes room for another if there is more to do")
    func join() async {
        let worker = Worker()
        for round in 1...3 {
            _ = await worker.work()
            worker.executor.join()
            worker.executor.join()
            #expect(await worker.count == round)
        }
    }

    @Test("ends with its actor where nobody joins it")
    func letGo() async {
        for _ in 0..<200 { _ = await Worker().work() }
    }
}
