import GRDB
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How long SQLite waits for another connection's lock: it asks again every millisecond, within a bound.
///
/// SQLite's own way waits longer from one time to the next, up to a tenth of a second, and misses its turn again and
/// again beside a process that writes all the time: it waits for a second where this one waits for a tenth.
struct BusyWait: Sendable {
    let limit: Duration

    /// When the opening has to be over, with all its waits; nil once it is.
    private let openingEnd: Locked<ContinuousClock.Instant?>

    /// - Parameters:
    ///   - limit: How long each wait lasts at most.
    ///   - openingLimit: How long all waits together last at most until ``endOpening()``.
    init(limit: Duration, openingWithin openingLimit: Duration) {
        self.limit = limit
        openingEnd = Locked(.now + openingLimit)
    }

    /// From now on each wait has its own bound alone.
    func endOpening() {
        openingEnd.withLock { $0 = nil }
    }

    /// SQLite's handler, which keeps when the present wait began.
    var mode: Database.BusyMode {
        let beginning = Locked(ContinuousClock.now)
        return .callback { [self] attempts in
            let now = ContinuousClock.now
            let began = beginning.withLock { beginning in
                if attempts == 0 { beginning = now }
                return beginning
            }
            guard mayWait(since: began, at: now) else { return false }
            Self.pause()
            return true
        }
    }

    /// Tries again for as long as SQLite finds the database locked and does not wait by itself.
    ///
    /// - Throws: What the attempt threw, in the end.
    func retry<Result>(_ attempt: () throws -> Result) throws -> Result {
        let began = ContinuousClock.now
        while true {
            do {
                return try attempt()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard mayWait(since: began, at: .now) else { throw error }
                Self.pause()
            }
        }
    }

    private func mayWait(since began: ContinuousClock.Instant, at now: ContinuousClock.Instant) -> Bool {
        began.duration(to: now) < limit && openingEnd.withLock { $0.map { now < $0 } ?? true }
    }

    private static func pause() {
        usleep(1_000)
    }
}
