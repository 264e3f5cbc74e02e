#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Decides when to warn of a certificate that is about to end: from two weeks before, once a day at most.
struct ExpiryReminder: Sendable {
    static let ahead: TimeInterval = 14 * 24 * 60 * 60
    static let interval: TimeInterval = 24 * 60 * 60

    private var last: (end: Date, warned: Date)?

    /// Whether to warn now. A certificate with another end starts over, and so does any after the clock was set back.
    mutating func isDue(for validity: CertificateValidity, at now: Date) -> Bool {
        guard validity.end.timeIntervalSince(now) <= Self.ahead else { return false }
        if let last, last.end == validity.end, (0..<Self.interval).contains(now.timeIntervalSince(last.warned)) {
            return false
        }
        last = (validity.end, now)
        return true
    }
}
