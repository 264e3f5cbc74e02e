import Testing

@testable import IdentityBroker

@Suite("The purge schedule")
struct PurgeScheduleTests {
    @Test("starts with the first login, then runs once a minute")
    func interval() {
        var schedule = PurgeSchedule(at: .zero)
        #expect(schedule.count(at: .zero) == true)
        schedule.end(purged: 0, at: .seconds(1))
        #expect(schedule.count(at: .seconds(60)) == false)
        #expect(schedule.count(at: .seconds(61)) == true)
    }

    @Test("does not run concurrently")
    func underWay() {
        var schedule = PurgeSchedule(at: .zero)
        #expect(schedule.count(at: .zero) == true)
        let answers = (0..<2_000).map { _ in schedule.count(at: .seconds(600)) }
        #expect(!answers.contains(true))
    }

    @Test("continues at once after a purge that reached its limit")
    func backlog() {
        var schedule = PurgeSchedule(at: .zero)
        _ = schedule.count(at: .zero)
        schedule.end(purged: PurgeSchedule.batch, at: .zero)
        #expect(schedule.count(at: .zero) == true)
    }

    @Test("keeps up with any load")
    func load() {
        var schedule = PurgeSchedule(at: .zero)
        var purges = 0
        for _ in 0..<10_000 where schedule.count(at: .seconds(1)) {
            purges += 1
            schedule.end(purged: 0, at: .seconds(1))
        }
        // Each login leaves three entries.
        #expect(purges * PurgeSchedule.batch >= 3 * 10_000)
        #expect(purges <= 25)
    }
}
