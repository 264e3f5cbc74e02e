/// The rules that every store must follow, each of which can be checked alone.
///
/// A store that passes may be trusted with logins. With Swift Testing:
///
/// ```swift
/// @Test("conforms", arguments: StoreConformance(MyFixture()).cases)
/// func conforms(_ rule: ConformanceCase) async throws {
///     try await rule.check()
/// }
/// ```
///
/// The kit races callers within one process. With a fixture whose storage is shared, it also races them over several
/// stores on one storage, as separate processes would.
public struct StoreConformance: Sendable {
    /// The rules. Each checks its own storage, so they can be checked in any order, or all at once.
    public let cases: [ConformanceCase]

    /// Creates the kit for the stores of this fixture.
    public init<Fixture: StoreFixture>(_ fixture: Fixture) {
        let rules = StoreRules.ofEveryStore + (fixture.isShared ? StoreRules.ofSharedStores : [])
        cases =
            rules.map { rule in
                rule.onFreshStorage(of: fixture) { bench, _ in bench }
            }
            + fixture.faults.flatMap { fault in
                StoreRules.ofEveryStore(whileFault: fault.name).map { rule in
                    rule.onFreshStorage(of: fixture) { bench, storage in
                        FaultBench(storage: bench, stops: fault.stops) { try await fault.inject(storage) }
                    }
                }
            }
    }

    /// Checks every rule, one after the other.
    ///
    /// - Throws: ``ConformanceFailures`` with every rule that does not hold; `CancellationError` if the task was cancelled.
    public func check() async throws {
        try await cases.checkAll()
    }
}

extension StoreRule {
    /// The rule as a case of the kit: each check prepares a storage, and removes it whatever the result.
    fileprivate func onFreshStorage<Fixture: StoreFixture>(
        of fixture: Fixture,
        makeBench: @escaping @Sendable (StoreBench, Fixture.Storage) -> Bench
    ) -> ConformanceCase {
        ConformanceCase(name, because: reason) {
            let storage = try await fixture.makeStorage()
            let bench = StoreBench(timeResolution: fixture.timeResolution, callLimit: fixture.callLimit) {
                try await fixture.open(storage)
            }
            let outcome = await Outcome {
                try await withTimeLimit(bench.ruleLimit, of: "the check") { try await check(makeBench(bench, storage)) }
            }
            let removal = await Outcome { try await fixture.remove(storage) }
            try outcome.get()
            try removal.get()
        }
    }
}
