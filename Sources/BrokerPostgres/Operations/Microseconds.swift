#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Times as they go to the server and come back: whole microseconds, since 1970 where they are points in time, which is as
/// fine as PostgreSQL keeps them.
///
/// What is further from 1970 than 285 years counts as that far: beyond, the server's arithmetic would round.
enum Microseconds {
    private static let limit: Int64 = 1 << 53
    private static let referenceDate = Int64(Date.timeIntervalBetween1970AndReferenceDate) * 1_000_000

    static func since1970(_ date: Date) -> Int64 {
        clamped(date.timeIntervalSince1970 * 1e6)
    }

    static func date(since1970 microseconds: Int64) -> Date {
        // A `Date` counts from its reference date, and is finest there.
        Date(timeIntervalSinceReferenceDate: Double(microseconds - referenceDate) / 1e6)
    }

    static func of(_ duration: Duration) -> Int64 {
        clamped(duration / .microseconds(1))
    }

    private static func clamped(_ microseconds: Double) -> Int64 {
        Int64(max(-Double(limit), min(Double(limit), microseconds.rounded())))
    }
}
