import BrokerTesting
import IdentityBroker
import Testing

@Suite("The broker's housekeeping", .timeLimit(.minutes(15)))
struct HousekeepingTests {
    @Test("has the store forget what has expired, beside the logins")
    func purging() async throws {
        let bench = try Bench()
        _ = try await bench.login(.ticket("one"))
        await bench.broker.finish()
        bench.clock.advance(by: .seconds(25 * 60 * 60))
        _ = try await bench.login(.ticket("two"))
        await bench.broker.finish()
        let left = try await bench.store.memory.purge(at: bench.clock.date, atMost: 10)
        #expect(left == 0)
    }

    @Test("fails no login and is logged where the store cannot")
    func failure() async throws {
        let bench = try Bench(
            store: ScriptedStore(
                .init(purge: { () throws(StoreFailure) in throw StoreFailure("disk gone", mayHaveHappened: false) })))
        _ = try await bench.login()
        await bench.broker.finish()
        #expect(bench.log.mentions("disk gone"))
    }

    @Test("holds no login up")
    func patience() async throws {
        let gate = Gate()
        let bench = try Bench(store: ScriptedStore(.init(purge: { await gate.passStubbornly() })))
        _ = try await bench.login(.ticket("one"))
        try await gate.waitForArrivals()
        _ = try await bench.login(.ticket("two"))
        gate.open()
        await bench.broker.finish()
    }
}
