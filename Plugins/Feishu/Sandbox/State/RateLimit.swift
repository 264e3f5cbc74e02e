import Foundation

/// How often an app may redeem codes: 50 times a second, and 1,000 times a minute.
struct RateLimit: Sendable {
    /// Calls of one span of time, which begins with its first.
    private struct Window: Sendable {
        let length: TimeInterval
        let most: Int
        var start = Date.distantPast
        var count = 0
    }

    private var windows = [Window(length: 1, most: 50), Window(length: 60, most: 1000)]
    private var blockedUntil = Date.distantPast

    /// Counts a call.
    ///
    /// - Returns: After how many seconds the next one may come if there are too many; nil if this one may.
    mutating func wait(at now: Date) -> Int? {
        for index in windows.indices where now.timeIntervalSince(windows[index].start) >= windows[index].length {
            windows[index].start = now
            windows[index].count = 0
        }
        let ends = windows.filter { $0.count >= $0.most }.map { $0.start.addingTimeInterval($0.length) }
        if let end = (ends + [blockedUntil]).max(), end > now { return Int(end.timeIntervalSince(now).rounded(.up)) }
        for index in windows.indices { windows[index].count += 1 }
        return nil
    }

    /// Lets no call through for so many seconds.
    mutating func block(for seconds: TimeInterval, at now: Date) { blockedUntil = now.addingTimeInterval(seconds) }
}
