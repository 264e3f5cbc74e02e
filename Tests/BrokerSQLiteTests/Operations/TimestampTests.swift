import Foundation
import Testing

@testable import BrokerSQLite

@Suite("A time in the database")
struct TimestampTests {
    private static let year = 365.25 * 24 * 60 * 60

    @Test("is returned as the same date", arguments: [0, 0.001, 1, 25, 99, -1, -30, -300].map { $0 * year })
    func roundTrip(_ offset: Double) {
        var date = Date(timeIntervalSinceReferenceDate: offset.rounded())
        for _ in 0..<1_000 {
            #expect(Timestamps.date(of: Timestamps.nanoseconds(of: date)) == date)
            // The next date that differs, but by at least a nanosecond.
            let step = max(date.timeIntervalSinceReferenceDate.ulp, 1e-9)
            date = Timestamps.date(of: Timestamps.nanoseconds(of: date.addingTimeInterval(step)))
        }
    }

    @Test("is returned as the same date anywhere in the supported range")
    func everywhere() {
        // The range of 64 bits of nanoseconds, in steps of about a day. For some months around 2001, a date is finer
        // than a nanosecond.
        let days = stride(from: -106_750.0, to: 106_750, by: 1.001_234_567)
        let dates = days.map { Date(timeIntervalSince1970: $0 * 86_400) }
        let wrong = dates.filter { date in
            let nanoseconds = Timestamps.nanoseconds(of: date)
            let again = Timestamps.date(of: nanoseconds)
            let isFiner = abs(date.timeIntervalSinceReferenceDate) < 8_400_000
            return Timestamps.nanoseconds(of: again) != nanoseconds || (again != date && !isFiner)
        }
        #expect(wrong.isEmpty)
    }

    @Test("is returned as the computer's clock showed it")
    func now() {
        for _ in 0..<1_000 {
            let date = Date()
            #expect(Timestamps.date(of: Timestamps.nanoseconds(of: date)) == date)
        }
    }

    @Test("keeps the order of times that differ minimally")
    func order() {
        let date = Date.at(0)
        let next = Date(timeIntervalSinceReferenceDate: date.timeIntervalSinceReferenceDate.nextUp)
        #expect(Timestamps.nanoseconds(of: date) < Timestamps.nanoseconds(of: next))
    }

    @Test("counts from 1970, before it as well")
    func epoch() {
        #expect(Timestamps.nanoseconds(of: Date(timeIntervalSince1970: 0)) == 0)
        #expect(Timestamps.nanoseconds(of: Date(timeIntervalSince1970: 1.5)) == 1_500_000_000)
        #expect(Timestamps.nanoseconds(of: Date(timeIntervalSince1970: -1.5)) == -1_500_000_000)
        #expect(Timestamps.date(of: -1_500_000_000) == Date(timeIntervalSince1970: -1.5))
    }

    @Test("is clamped to the last or first time if it is out of range")
    func extremes() {
        for interval in [1e11, 1e18, 1e19, .greatestFiniteMagnitude, .infinity] {
            #expect(Timestamps.nanoseconds(of: Date(timeIntervalSinceReferenceDate: interval)) == .max)
            #expect(Timestamps.nanoseconds(of: Date(timeIntervalSinceReferenceDate: -interval)) == .min)
        }
        #expect(Timestamps.nanoseconds(of: Date(timeIntervalSinceReferenceDate: .nan)) == .min)
        #expect(Timestamps.nanoseconds(of: .distantFuture) == .max)
        #expect(Timestamps.nanoseconds(of: .distantPast) == .min)
        #expect(Timestamps.date(of: .max) > .at(0))
        #expect(Timestamps.date(of: .min) < .at(0))
    }

    @Test("is a duration in whole nanoseconds", arguments: [0, 1, -1, 999_999_999, 1_000_000_000, -1_500_000_000])
    func durations(_ nanoseconds: Int64) {
        #expect(Timestamps.nanoseconds(of: .nanoseconds(nanoseconds)) == nanoseconds)
    }

    @Test("is clamped to the longest or shortest duration if it is out of range")
    func longDurations() {
        #expect(Timestamps.nanoseconds(of: .seconds(Int64.max)) == .max)
        #expect(Timestamps.nanoseconds(of: .seconds(Int64.min)) == .min)
        #expect(Timestamps.nanoseconds(of: Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999)) == 1)
    }
}
