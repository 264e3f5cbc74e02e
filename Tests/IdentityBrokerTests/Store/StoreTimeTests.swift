import Foundation
import Testing

@testable import IdentityBroker

@Suite("The time by which a store may forget")
struct StoreTimeTests {
    private static let (minute, hour, day, year) = (60.0, 3_600.0, 86_400.0, 365 * 86_400.0)

    /// Clock readings, one after the other, and the store's time after each, in seconds.
    struct Course: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let readings: Readings

        init(_ description: String, _ parts: Readings...) {
            testDescription = description
            readings = parts.flatMap(\.self)
        }
    }

    typealias Readings = [(clock: Double, believed: Double)]

    static let courses = [
        Course("follows a clock in steady use", [(1, 1), (minute, minute), (minute + hour, minute + hour)]),
        Course("follows a clock back at once", [(hour, hour), (-year, -year), (-year + 1, -year + 1)]),
        Course("does not believe a clock more than an hour ahead", [(hour + 1, 0), (2 * hour, 0), (day, 0)]),
        Course(
            "believes a clock that has been ahead for a day",
            run(from: year, keeping: 0),
            [(year + day - 1, 0), (year + day, year + day), (year + day + 1, year + day + 1)]),
        Course(
            "believes what was read before and no single reading",
            run(from: year, keeping: 0, for: 23), [(year + 20 * day, year + 22 * hour)]),
        Course(
            "counts a pause of a clock ahead as six hours",
            [(year, 0), (year + 20 * day, 0), (year + 40 * day, 0), (year + 60 * day, 0)],
            [(year + 80 * day, year + 60 * day), (year + 80 * day + 1, year + 60 * day)]),
        Course(
            "begins anew where a clock was not ahead in between",
            run(from: year, keeping: 0), [(minute, minute), (year + day, minute), (year + day + 1, minute)]),
        Course(
            "believes none of several clocks that are ahead, each further than the one before",
            [(3 * day, 0), (5 * day, 0), (8 * day, 0), (12 * day, 0), (minute, minute), (17 * day, minute)]),
        Course(
            "believes no clock far ahead of others that are ahead",
            run(from: 3 * day, keeping: 0), [(year, 0), (4 * day, 0), (year + 2 * day, 0)]),
        Course(
            "believes of two clocks ahead no more than the first",
            run(from: 3 * day, keeping: 0, for: 20), [(6 * day, 3 * day + 19 * hour)]),
        Course(
            "is not put off by clocks that are ahead and apart by little",
            turns(of: [3 * day - minute, 3 * day]), [(4 * day, 4 * day)]),
        Course(
            "purges with one call a day, some seconds early or late",
            [(day, 0), (2 * day - 5, 0), (3 * day, 0), (4 * day + 5, 0)],
            [5, 6, 7, 8].map { ($0 * day, 4 * day + 5) }, [(9 * day, 8 * day)]),
        Course(
            "purges with one call a month",
            [(31 * day, 0), (62 * day, 0), (93 * day, 0), (124 * day, 0), (155 * day, 124 * day)]),
        Course("keeps up a day after a weekend", run(from: 3 * day, keeping: 0), [(4 * day, 4 * day)]),
    ]

    @Test("follows clocks, within bounds", arguments: courses)
    func course(_ course: Course) {
        var time = StoreTime(believed: .at(0))
        for (clock, believed) in course.readings {
            #expect(time.observe(.at(clock)) == .at(believed), "at \(clock)")
            #expect(time.believed == .at(believed))
        }
    }

    static let marks: [Course] = [
        Course("follows a clock in steady use", [(1, 1), (minute, minute), (minute + hour, minute + hour)]),
        Course("stays where a clock is behind", [(-100 * day, 0), (-100 * day + 8 * hour, 0), (1, 1)]),
        Course(
            "stays where a clock is behind, and another one is right",
            [(-year, 0), (minute, minute), (-year + day, minute), (hour, hour), (-year + 2 * day, hour)]),
        Course("does not follow a clock more than an hour ahead", [(hour + 1, 0), (year, 0), (year + day - 1, 0)]),
        Course(
            "follows a clock ahead as far as it is believed",
            run(from: year, keeping: 0, for: 4, every: 6 * hour),
            [(year + day, year + 18 * hour), (year + day + minute, year + 18 * hour)]),
        Course(
            "goes up to the right clock at once where another one was behind for an afternoon",
            [(-100 * day, 0), (-100 * day + 8 * hour, 0), (hour, hour)],
            run(from: day, keeping: hour, for: 18), [(day + 18 * hour, day + 18 * hour)]),
        Course(
            "comes down where clocks were behind over a day",
            run(from: year, keeping: 0), [(year + day, year + day)], run(from: day, keeping: year + day),
            [(2 * day - 1, year + day), (2 * day, 2 * day), (2 * day + 1, 2 * day + 1)]),
        Course(
            "stays for a day where one clock after the other is behind, less an hour for each",
            [(-year, 0), (-182 * day, 0)], run(from: -30 * day, keeping: 0, for: 22),
            [(-29 * day - 2 * hour - 1, 0), (-29 * day - 2 * hour, -29 * day - 2 * hour)]),
        Course("stays where clocks that are behind are read by turns", turns(of: [-year, -182 * day])),
        Course(
            "comes down to the right clock a day after another one was further behind, less an hour",
            [(-year, 0), (-2 * year, 0), (-year + 1, 0)], run(from: -year + hour, keeping: 0, for: 22),
            [(-year + 23 * hour, 0), (-year + 23 * hour + 1, -year + 23 * hour + 1)]),
        Course(
            "takes clocks that are apart by little for one",
            turns(of: [-year, -year + hour / 2]), [(-year + day, -year + day)]),
        Course(
            "comes down where a clock makes pauses, each of which counts as an hour",
            run(from: -year, keeping: 0, every: day), [(-year + 24 * day, -year + 24 * day)]),
        Course(
            "does not come down where a clock was not behind in between",
            run(from: -3 * day, keeping: 0, for: 20), [(-hour, 0)], run(from: -2 * day, keeping: 0),
            [(-day - 1, 0), (-day, -day)]),
    ]

    /// A clock that is read again and again, by default every hour until the last before a day is over.
    private static func run(
        from start: Double,
        keeping highest: Double,
        for count: Int = 24,
        every step: Double = hour
    ) -> Readings {
        (0..<count).map { (start + Double($0) * step, highest) }
    }

    /// Clocks that are read one after the other every hour, over almost a day, and keep the mark at zero.
    private static func turns(of clocks: [Double]) -> Readings {
        (0..<24).flatMap { hours in clocks.map { ($0 + Double(hours) * hour, 0) } }
    }

    @Test("keeps entries by the high-water mark, within bounds", arguments: marks)
    func mark(_ course: Course) {
        var time = StoreTime(believed: .at(0))
        for (clock, highest) in course.readings {
            _ = time.observe(.at(clock))
            #expect(time.highest == .at(highest), "at \(clock)")
            #expect(time.believed <= time.highest)
        }
    }

    @Test("is stored with its knowledge of clocks ahead and behind")
    func kept() {
        var time = StoreTime(believed: .at(0))
        for hours in 0...24 {
            #expect(time.highest == .at(0))
            _ = time.observe(.at(-Self.year + Double(hours) * Self.hour))
            let again = StoreTime(
                believed: time.believed, lead: time.lead, highest: time.highest, behindSince: time.behindSince)
            #expect(again == time)
            time = again
        }
        #expect(time.highest == .at(-Self.year + Self.day))
        #expect(StoreTime(believed: .at(1), highest: .at(0)).highest == .at(1))
    }

    @Test("keeps a reservation by the high-water mark, once a clock is behind")
    func expiryWhileBehind() {
        var time = StoreTime(believed: .at(0))
        _ = time.observe(.at(-Self.year))
        #expect(time.expiry(of: .example(until: 10 - Self.year), at: .at(-Self.year)) == .at(10))
    }

    @Test(
        "keeps a reservation as long as requested, by either clock",
        arguments: [(0.0, 10.0, 10.0), (-5, 5, 10), (5, 15, 15), (-1_000, -990, 10), (0, -10, -10)])
    func expiry(now: Double, asked: Double, kept: Double) {
        let time = StoreTime(believed: .at(0))
        #expect(time.expiry(of: .example(until: asked), at: .at(now)) == .at(kept))
    }

    @Test(
        "is unusual if it is behind by more than six days", arguments: [(6.0, false), (6.1, true), (-400, false)])
    func unusual(days: Double, isUnusual: Bool) {
        #expect(StoreTime.isUnusual(.at(0), at: .at(days * Self.day)) == isUnusual)
    }
}
