import BrokerTesting
import IdentityBroker
import Testing

@Suite("Next to a failing upstream", .timeLimit(.minutes(10)))
struct IsolationTests {
    /// The outcomes of the logins at the failing provider.
    private struct Tally: Sendable {
        var failures = 0
        var refusals = 0
        var successes = 0

        mutating func count(_ error: BrokerError?) {
            switch error {
            case nil: successes += 1
            case let error? where error.retryAfter != nil: refusals += 1
            case _?: failures += 1
            }
        }
    }

    @Test("every login at a healthy one succeeds under load, and the breaker opens", arguments: Sickness.allCases)
    func isolation(_ sickness: Sickness) async throws {
        try await Ward.open(for: sickness) { ward in
            let isOver = Latch()
            async let sick = load(ward, until: isOver)
            let failures = await withTaskGroup { group in
                for worker in 0..<16 {
                    group.addTask {
                        var failures: [BrokerError] = []
                        for number in 0..<50 {
                            if let error = await ward.login(at: Ward.healthy, with: "healthy-\(worker)-\(number)") {
                                failures.append(error)
                            }
                        }
                        return failures
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            isOver.set()
            let tally = await sick
            #expect(failures == [])
            #expect(tally.successes == 0)
            // The failures that open the breaker, and those in flight at that time: afterward nothing is sent.
            #expect((Ward.breaker.failures..<Ward.breaker.failures + Ward.room).contains(tally.failures))
            #expect(tally.refusals > 0)
            let error = try #require(await ward.login(at: Ward.sick, with: "too-early"))
            #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
            #expect(error.retryAfter == .seconds(10))
        }
    }

    @Test(
        "the failing one is contacted again after a while, and serves once it has recovered",
        arguments: Sickness.allCases)
    func recovery(_ sickness: Sickness) async throws {
        try await Ward.open(for: sickness) { ward in
            for crowd in ["one", "two"] { await ward.crowd(crowd) }
            ward.clock.advance(by: .seconds(10))
            let trial = try #require(await ward.login(at: Ward.sick, with: "trial"))
            #expect(trial.retryAfter == nil)
            ward.cure.set()
            #expect(await ward.login(at: Ward.sick, with: "too-early")?.retryAfter == .seconds(10))
            ward.clock.advance(by: .seconds(10))
            for number in 0..<20 { #expect(await ward.login(at: Ward.sick, with: "well-\(number)") == nil) }
        }
    }

    @Test("memory stays bounded, however much the failing one sends")
    func memory() async throws {
        try await Ward.open(for: .flooding, breaker: nil) { ward in
            // Everything that stays allocated is there after the first round.
            await ward.crowd("first")
            let before = try #require(ResidentMemory.bytes)
            for round in 0..<20 { await ward.crowd("\(round)") }
            let growth = try #require(ResidentMemory.bytes) - before
            #expect(growth < 64 * 1024 * 1024)
        }
    }

    /// Logins at the failing provider, more at once than it admits, until the latch is set, and in any case until the
    /// breaker has opened.
    private func load(_ ward: Ward, until isOver: Latch) async -> Tally {
        await withTaskGroup { group in
            for worker in 0..<40 {
                group.addTask {
                    var tally = Tally()
                    var number = 0
                    while !isOver.isSet || number < 20 {
                        tally.count(await ward.login(at: Ward.sick, with: "sick-\(worker)-\(number)"))
                        number += 1
                        await Task.yield()
                    }
                    return tally
                }
            }
            return await group.reduce(into: Tally()) { sum, tally in
                sum.failures += tally.failures
                sum.refusals += tally.refusals
                sum.successes += tally.successes
            }
        }
    }
}
