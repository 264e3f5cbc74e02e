public import Foundation
import HTTPTypes

extension UpstreamResponse {
    /// How long the upstream asks to wait before the next request, by `Retry-After` (RFC 9110 §10.2.3): a number of
    /// seconds, or a date in the form that senders must use, IMF-fixdate (§5.6.7).
    ///
    /// - Parameter now: The time of day when the answer came.
    /// - Returns: At most a day; zero if the date has passed; nil if the field is absent or malformed.
    public func retryAfter(at now: Date) -> Duration? {
        guard let text = headerFields[.retryAfter] else { return nil }
        let delay: Duration
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int32(text) {
            delay = .seconds(seconds)
        } else if let date = Self.date(text) {
            delay = .seconds(date.timeIntervalSince(now))
        } else {
            return nil
        }
        return min(max(delay, .zero), .seconds(24 * 60 * 60))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`. The day of the week is not compared with the date.
    private static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[0].utf8.count == 4, words[0].hasSuffix(","), words[5] == "GMT",
            let month = months.firstIndex(of: String(words[2])), let day = number(words[1], digits: 2),
            let year = number(words[3], digits: 4)
        else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2) }
        guard time.count == 3, let hour = time[0], let minute = time[1], let second = time[2] else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(
            calendar: calendar, year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        return components.isValidDate ? components.date : nil
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
