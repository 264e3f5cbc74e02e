import Foundation
import Testing

@testable import IdentityBroker

@Suite("The time by which things are forgotten")
struct ClockWatchTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let year = 365.0 * 86_400

    /// The steady time after each of these readings, in seconds from the start.
    private func times(_ readings: [(Double, Double)]) -> [Double] {
        var watch = ClockWatch(now: start, uptime: .zero)
        return readings.map { ahead, uptime in
            watch.steadyTime(now: start + ahead + uptime, uptime: .seconds(uptime)).timeIntervalSince(start)
        }
    }

    @Test("A correct clock is followed, with its drift")
    func steady() {
        let readings: [(Double, Double)] = [(0, 0), (0, 10), (0.5, 3_600), (30, 86_400), (60, 100_000)]
        #expect(times(readings) == [0, 10, 3_600.5, 86_430, 100_060])
    }

    @Test("A clock set ahead is followed once it has stayed ahead for a day", arguments: [61, 3_600, 365 * 86_400])
    func ahead(leap: Double) {
        let day = 86_400.0
        #expect(
            times([(leap, 1), (leap, 3_600), (leap, day), (leap, day + 1), (leap, day + 2)])
                == [1, 3_600, day, day + 1 + leap, day + 2 + leap])
    }

    @Test("A clock set ahead and back in time has no effect, however often")
    func backInTime() {
        #expect(
            times([(year, 1), (0, 50_000), (year, 60_000), (0, 100_000), (2 * year, 190_000), (0, 190_001)])
                == [1, 50_000, 60_000, 100_000, 190_000, 190_001])
    }

    @Test("A clock set back is followed at once, and then ahead like any other")
    func back() {
        #expect(times([(-year, 1), (-year, 2), (0, 3), (-year, 4)]) == [1 - year, 2 - year, 3 - year, 4 - year])
    }

    @Test("Of several leaps in a day, the smallest is finally believed")
    func several() {
        #expect(times([(year, 0), (3_600, 10), (year, 86_400)]) == [0, 10, 86_400 + 3_600])
    }

    @Test("Each jump of two seconds or more is reported once, and no smaller one")
    func jumps() {
        var watch = ClockWatch(now: start, uptime: .zero)
        let readings: [(Double, Double?)] = [
            (0, nil), (1.5, nil), (0, nil), (2, 2), (2, nil), (2 - year, -year), (2 - year, nil), (2, year),
        ]
        for (index, (ahead, jump)) in readings.enumerated() {
            let uptime = Double(index)
            #expect(watch.takeJump(now: start + ahead + uptime, uptime: .seconds(uptime)) == jump)
        }
    }
}
