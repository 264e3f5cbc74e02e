import Foundation

extension Date {
    static func + (date: Date, duration: Duration) -> Date { date.addingTimeInterval(duration / .seconds(1)) }

    static func - (date: Date, duration: Duration) -> Date { date + (.zero - duration) }

    /// The time in the form of tokens: whole seconds since 1970 (RFC 7519 §2).
    var wholeSeconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
