import BrokerTesting
import IdentityBroker
import Testing

@Suite("The conformance kit for stores")
struct StoreConformanceKitTests {
    @Test("passes a sound store", arguments: StoreConformance(FlawedFixture()).cases)
    func sound(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("fails a flawed store by the rule that it breaks", .timeLimit(.minutes(15)), arguments: StoreFlaw.all)
    func flawed(_ flaw: StoreFlaw) async throws {
        let cases = StoreConformance(FlawedFixture(flaw: flaw)).cases
        for name in flaw.rules {
            let rule = try #require(cases.first { $0.name == name }, "there is no such rule: \(name)")
            let failure = await #expect(throws: ConformanceFailure.self, "\(name)") { try await rule.check() }
            #expect(failure?.rule == name)
        }
    }

    @Test("has no rule that cannot fail")
    func coverage() {
        let broken = Set(StoreFlaw.all.flatMap(\.rules))
        let rules = StoreConformance(FlawedFixture()).cases.map(\.name)
        #expect(rules.filter { !broken.contains($0) } == [])
        #expect(Set(rules).count == rules.count)
    }

    @Test("names every broken rule in one error")
    func check() async throws {
        let flaw = try #require(StoreFlaw.settling.first)
        let failures = try await #require(throws: ConformanceFailures.self) {
            try await StoreConformance(FlawedFixture(flaw: flaw)).check()
        }
        #expect(failures.failures.map(\.rule).contains("a released credential is free for the next login"))
    }

    @Test("skips rules on sharing for a store that shares its storage with none")
    func unshared() {
        struct Unshared: StoreFixture {
            func makeStorage() -> NaiveStorage { NaiveStorage() }
            func open(_ storage: NaiveStorage) -> any BrokerStore { NaiveStore(storage: storage) }
        }
        let (all, some) = (StoreConformance(FlawedFixture()).cases, StoreConformance(Unshared()).cases)
        #expect(Set(some.map(\.name)).isStrictSubset(of: all.map(\.name)))
        #expect(!some.contains { $0.name.contains("another on the same storage") || $0.name.hasPrefix("while") })
    }
}
