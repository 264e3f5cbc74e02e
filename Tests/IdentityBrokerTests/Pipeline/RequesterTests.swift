import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("The requester of a login", .timeLimit(.minutes(1)))
struct RequesterTests {
    private let requester = ScriptedRequester()

    @Test("is told when it waits for its upstream, and when it no longer does")
    func exchange() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate))
        async let result = bench.run(.ticket("one"), for: requester)
        try await gate.waitForArrivals()
        #expect(requester.events == [.wait])
        gate.open()
        _ = try await result.get()
        #expect(requester.events == [.wait, .back])
    }

    @Test("is told when it waits for its turn")
    func turn() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1, queue: 1))
        async let first = bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.run(.ticket("two"), for: requester)
        try await bench.clock.waitForSleepers(2)
        #expect(requester.events == [.wait])
        gate.open()
        _ = try await first
        _ = try await second.get()
        #expect(requester.events == [.wait, .back, .wait, .back])
    }

    @Test("is told whatever the outcome of the login")
    func failure() async throws {
        let bench = try Bench { _, _ in throw BrokerError(.accessDenied, "No.") }
        _ = await bench.run(.ticket("one"), for: requester)
        #expect(requester.events == [.wait, .back])
    }

    @Test("is gone while the login waits for its turn: it gives up, sends nothing, and frees its place in the queue")
    func goneInLine() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1, queue: 1))
        async let first = bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        async let second = bench.run(.ticket("two"), for: requester)
        try await bench.clock.waitForSleepers(2)
        requester.go()
        guard case .failure(let error) = await second else {
            Issue.record("The login went on.")
            return
        }
        #expect((error.kind, error.credential) == (.cancelled, .unused))
        #expect(bench.admission?.waiting == 0)
        #expect(try await !bench.isHeld(.ticket("two")))
        async let third = bench.login(.ticket("three"))
        gate.open()
        _ = try await (first, third)
        #expect(bench.transport.sendings.count == 2)
        #expect(requester.events == [.wait, .back])
    }

    @Test("is gone before the login begins: nothing is reserved or sent, and it takes no place")
    func goneBefore() async throws {
        let bench = try Bench(limits: ProviderLimits(concurrency: 1))
        requester.go()
        for _ in 1...2 {
            guard case .failure(let error) = await bench.run(.ticket("one"), for: requester) else {
                Issue.record("The login went on.")
                return
            }
            #expect((error.kind, error.credential) == (.cancelled, .unused))
        }
        #expect(bench.transport.sendings.isEmpty)
        #expect(try await bench.login(.ticket("one")).subject == "person-1")
    }

    @Test("is gone once the ticket may have left: the login continues and is recorded")
    func goneAfterwards() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate))
        async let result = bench.run(.ticket("one"), for: requester)
        try await gate.waitForArrivals()
        requester.go()
        gate.open()
        #expect(try await result.get().subject == "person-1")
        #expect(try await bench.isHeld(.ticket("one")))
        #expect(bench.audit.map(\.failure) == [nil])
    }
}
