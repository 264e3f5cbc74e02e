import Foundation
import HTTPTypes

/// The `Retry-After` field (RFC 9110 §10.2.3): a number of seconds, or a date in the form that senders must use,
/// IMF-fixdate (§5.6.7).
enum RetryAfter {
    /// A day: longer times are cut to this.
    static let longest = Duration.seconds(24 * 60 * 60)

    /// How long to wait; nil if the field is absent or malformed, zero if its date has passed.
    static func delay(in fields: HTTPFields, at now: Date) -> Duration? {
        guard let text = fields[.retryAfter] else { return nil }
        let delay: Duration
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int32(text) {
            delay = .seconds(seconds)
        } else if let date = UpstreamTime.httpDate(text) {
            delay = .seconds(date.timeIntervalSince(now))
        } else {
            return nil
        }
        return min(max(delay, .zero), longest)
    }
}
