import Foundation

/// Decides when to warn of a certificate that is about to expire: from two weeks before, at most once a day.
struct ExpiryReminder: Sendable {
    static let ahead: TimeInterval = 14 * 24 * 60 * 60
    static let interval: TimeInterval = 24 * 60 * 60

    private var last: (end: Date, warned: Date)?

    /// Whether to warn now. Starts over for a certificate with a different end, and after the clock was set back.
    mutating func isDue(for validity: CertificateValidity, at now: Date) -> Bool {
        guard validity.end.timeIntervalSince(now) <= Self.ahead else { return false }
        if let last, last.end == validity.end, (0..<Self.interval).contains(now.timeIntervalSince(last.warned)) {
            return false
        }
        last = (validity.end, now)
        return true
    }
}
