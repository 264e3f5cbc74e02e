import Foundation

/// Times in the database: whole nanoseconds, since 1970 for points in time.
///
/// A `Date` of this century is finer than that only in its first months, so one that came from a clock survives
/// unchanged. Times out of range, before 1678 or after 2261, are clamped.
enum Timestamps {
    private static let second: Int64 = 1_000_000_000
    private static let referenceDate = Int64(Date.timeIntervalBetween1970AndReferenceDate)

    static func nanoseconds(of date: Date) -> Int64 {
        let interval = date.timeIntervalSinceReferenceDate
        let whole = interval.rounded(.down)
        guard let seconds = Int64(exactly: whole) else { return interval > 0 ? .max : .min }
        let (sum, overflows) = seconds.addingReportingOverflow(referenceDate)
        guard !overflows else { return .max }
        return nanoseconds(sum, and: Int64(((interval - whole) * Double(second)).rounded()))
    }

    /// The time between two points in time.
    static func nanoseconds(from start: Date, to end: Date) -> Int64 {
        let (first, last) = (nanoseconds(of: start), nanoseconds(of: end))
        let (difference, overflows) = last.subtractingReportingOverflow(first)
        return overflows ? (last > first ? .max : .min) : difference
    }

    static func date(of nanoseconds: Int64) -> Date {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: second)
        return Date(timeIntervalSinceReferenceDate: Double(seconds - referenceDate) + Double(rest) / Double(second))
    }

    /// The time as it is read after it was written.
    static func stored(_ time: Date) -> Date { date(of: nanoseconds(of: time)) }

    static func nanoseconds(of duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return nanoseconds(seconds, and: attoseconds / second)
    }

    private static func nanoseconds(_ seconds: Int64, and rest: Int64) -> Int64 {
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: second)
        let (sum, overflows) = product.addingReportingOverflow(rest)
        return isTooLong || overflows ? (seconds > 0 ? .max : .min) : sum
    }
}
