import Foundation

/// Times as exchanged with the server: whole microseconds, since 1970 for points in time, which is PostgreSQL's
/// precision.
///
/// Times further from 1970 than 285 years are clamped: beyond, the server's arithmetic would round.
enum Microseconds {
    private static let limit: Int64 = 1 << 53
    private static let second: Int64 = 1_000_000
    private static let referenceDate = Int64(Date.timeIntervalBetween1970AndReferenceDate)

    /// Each time from 1970 to the limit survives unchanged, since a `Date` of these years is finer than a microsecond.
    static func since1970(_ date: Date) -> Int64 {
        // A `Date` counts from its reference date. Relative to another date, or in microseconds, its number would be
        // rounded.
        let interval = date.timeIntervalSinceReferenceDate
        let whole = interval.rounded(.down)
        guard let seconds = Int64(exactly: whole), seconds.magnitude < limit.magnitude else {
            return interval > 0 ? limit : -limit
        }
        return sum(seconds + referenceDate, Int64(((interval - whole) * Double(second)).rounded()))
    }

    static func date(since1970 microseconds: Int64) -> Date {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: second)
        return Date(timeIntervalSinceReferenceDate: Double(seconds - referenceDate) + Double(rest) / Double(second))
    }

    /// The time as it is read after it was written.
    static func stored(_ date: Date) -> Date { Microseconds.date(since1970: since1970(date)) }

    static func of(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return sum(seconds, (attoseconds + attoseconds.signum() * 500_000_000_000) / 1_000_000_000_000)
    }

    private static func sum(_ seconds: Int64, _ rest: Int64) -> Int64 {
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: second)
        let (sum, overflows) = product.addingReportingOverflow(rest)
        guard !isTooLong, !overflows else { return seconds > 0 ? limit : -limit }
        return max(-limit, min(limit, sum))
    }
}
