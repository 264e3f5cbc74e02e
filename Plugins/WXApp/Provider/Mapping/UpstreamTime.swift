import Foundation

/// A moment as GenAuth writes it, to the millisecond.
struct UpstreamTime: Equatable {
    let millisecondsSince1970: Int64

    /// The last second of the year 9999, in seconds since 1970: a later value is a mistake, not a time.
    static let latest: Double = 253_402_300_799

    var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000) }

    /// RFC 3339 in UTC with milliseconds, such as `2020-02-27T05:30:55.875Z`.
    ///
    /// Written by hand, since Foundation's formatter takes as long as reading half the record, and truncates the last
    /// digit where a `Double` is inexact.
    var text: String { CivilTime(millisecondsSince1970: millisecondsSince1970).text }
}

extension UpstreamTime {
    init(_ date: Date) {
        millisecondsSince1970 = Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    /// Reads `2020-02-27T05:33:20.796Z`, with any number of decimals or none, `Z`, `+08:00`, `+0800` or no zone at all,
    /// which means UTC; or what JavaScript prints, `Fri May 31 2019 08:48:07 GMT+0800 (CST)`.
    init?(_ text: String) {
        let time = Self.iso8601(text) ?? Self.javaScript(text)
        guard let milliseconds = time?.millisecondsSince1970 else { return nil }
        millisecondsSince1970 = milliseconds
    }

    private static let weekdays: [StaticString] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func iso8601(_ text: String) -> CivilTime? {
        var scanner = TimeScanner(text)
        guard let year = scanner.number(digits: 4), scanner.take("-"),
            let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2), scanner.take("T") || scanner.take(" "),
            var time = timeOfDay(&scanner)
        else { return nil }
        (time.year, time.month, time.day) = (year, month, day)
        if scanner.take(".") {
            guard let thousandths = scanner.thousandths() else { return nil }
            time.millisecond = thousandths
        }
        if !scanner.take("Z"), !scanner.isAtEnd {
            guard let offset = offset(&scanner) else { return nil }
            time.offsetMinutes = offset
        }
        return scanner.isAtEnd ? time : nil
    }

    private static func javaScript(_ text: String) -> CivilTime? {
        var scanner = TimeScanner(text)
        guard scanner.index(in: weekdays) != nil, scanner.take(" "),
            let month = scanner.index(in: months), scanner.take(" "),
            let day = scanner.number(digits: 2), scanner.take(" "),
            let year = scanner.number(digits: 4), scanner.take(" "),
            var time = timeOfDay(&scanner), scanner.take(" GMT"), let offset = offset(&scanner),
            // The zone's name in parentheses adds nothing to the offset.
            scanner.isAtEnd || scanner.takeRest(from: " (", to: ")")
        else { return nil }
        (time.year, time.month, time.day, time.offsetMinutes) = (year, month + 1, day, offset)
        return time
    }

    private static func timeOfDay(_ scanner: inout TimeScanner) -> CivilTime? {
        guard let hour = scanner.number(digits: 2), scanner.take(":"),
            let minute = scanner.number(digits: 2), scanner.take(":"),
            let second = scanner.number(digits: 2)
        else { return nil }
        return CivilTime(hour: hour, minute: minute, second: second)
    }

    /// `+08:00` or `+0800`, in minutes.
    private static func offset(_ scanner: inout TimeScanner) -> Int? {
        guard let sign = scanner.index(in: ["+", "-"]), let hours = scanner.number(digits: 2) else { return nil }
        _ = scanner.take(":")
        guard let minutes = scanner.number(digits: 2), minutes < 60 else { return nil }
        return (sign == 0 ? 1 : -1) * (hours * 60 + minutes)
    }
}
