import LoopbackServer
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@testable import BrokerPostgres

@Suite("A thread for a blocking actor", .timeLimit(.minutes(15)))
struct BlockingExecutorTests {
    private actor Worker {
        let executor = BlockingExecutor()
        private(set) var count = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        /// Returns the thread that it runs on.
        func work() -> pthread_t {
            count += 1
            return pthread_self()
        }

        /// Has its thread's end counted.
        func watchThread(for ends: ThreadEnds) {
            ends.watch()
        }
    }

    @Test("is one thread for all jobs, and never the caller's")
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

    @Test("has ended when joined, and another starts if there is more to do")
    func join() async throws {
        let (worker, ends) = (Worker(), try ThreadEnds())
        for round in 1...3 {
            await worker.watchThread(for: ends)
            #expect(ends.count.snapshot == round - 1)
            worker.executor.join()
            #expect(ends.count.snapshot == round)
            worker.executor.join()
        }
    }

    @Test("ends with its actor if it is never joined", .timeLimit(.minutes(5)))
    func letGo() async throws {
        let ends = try ThreadEnds()
        for _ in 0..<200 { await Worker().watchThread(for: ends) }
        try await ends.count.wait { $0 == 200 ? () : nil }
    }
}

/// Counts the ends of threads, by the destructors of thread-specific data (pthread_key_create(3)).
private struct ThreadEnds: Sendable {
    let count = Monitor(0)
    private let key: pthread_key_t

    init() throws {
        var key = pthread_key_t()
        let failure = pthread_key_create(&key) { value in
            guard let value = value as UnsafeMutableRawPointer? else { return }
            Unmanaged<Monitor<Int>>.fromOpaque(value).takeRetainedValue().withState { $0 += 1 }
        }
        try #require(failure == 0)
        self.key = key
    }

    /// Counts the end of this thread, once.
    func watch() {
        guard pthread_getspecific(key) == nil else { return }
        pthread_setspecific(key, Unmanaged.passRetained(count).toOpaque())
    }
}
