import Foundation

extension Date {
    /// The moment this many seconds after the kit's beginning, 2026-01-02T03:04:05Z.
    static func second(_ seconds: Double) -> Date {
        Date(timeIntervalSince1970: 1_767_323_045 + seconds)
    }

    /// Whether another one is equal, within the store's precision.
    func isSame(as other: Date, resolution: Duration) -> Bool {
        abs(timeIntervalSince(other)) <= resolution / .seconds(1)
    }
}
