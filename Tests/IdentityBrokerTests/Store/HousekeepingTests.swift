import BrokerTesting
import IdentityBroker
import Testing

@Suite("The broker's housekeeping", .timeLimit(.minutes(15)))
struct HousekeepingTests {
    @Test("has the store remove what has expired, alongside logins")
    func purging() async throws {
        let bench = try Bench()
        _ = try await bench.login(.ticket("one"))
        await bench.broker.finish()
        for number in 1...25 {
            bench.clock.advance(by: .seconds(60 * 60))
            _ = try await bench.login(.ticket("hour-\(number)"))
            await bench.broker.finish()
        }
        let left = try await bench.store.memory.purge(at: bench.clock.date, atMost: 10)
        #expect(left == 0)
    }

    @Test("removes nothing by a clock that is years ahead, and reports that once")
    func clockAhead() async throws {
        let bench = try Bench()
        _ = try await bench.login(.ticket("one"))
        await bench.broker.finish()
        bench.clock.shiftDate(by: .seconds(1_000 * 86_400))
        for number in 1...3 {
            bench.clock.advance(by: .seconds(60))
            _ = try await bench.login(.ticket("ahead-\(number)"))
            await bench.broker.finish()
        }
        #expect(try await bench.refusal(of: .ticket("one")).kind == .credentialAlreadyUsed)
        #expect(bench.log.entries.count { $0.message.contains("the store's time is days behind") } == 1)
        #expect(try await bench.store.memory.purge(at: bench.clock.date, atMost: 10) == 1)
    }

    @Test("fails no login, and is logged if the store fails")
    func failure() async throws {
        let bench = try Bench(
            store: ScriptedStore(
                .init(purge: { () throws(StoreFailure) in throw StoreFailure("disk gone", mayHaveHappened: false) })))
        _ = try await bench.login()
        await bench.broker.finish()
        #expect(bench.log.mentions("disk gone"))
    }

    @Test("delays no login")
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
