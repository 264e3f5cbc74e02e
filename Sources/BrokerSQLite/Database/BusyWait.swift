import GRDB
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How SQLite waits for another connection's lock: it retries every millisecond, within a time limit.
///
/// SQLite's own strategy backs off up to a tenth of a second, and keeps missing its turn next to a process that writes
/// constantly: it waits for a second where this one waits for a tenth.
struct BusyWait: Sendable {
    let limit: Duration

    /// When the opening must be done, with all its waits; nil once it is.
    private let openingEnd: Locked<ContinuousClock.Instant?>

    /// - Parameters:
    ///   - limit: The maximum length of each wait.
    ///   - openingLimit: The maximum length of all waits together until ``endOpening()``.
    init(limit: Duration, openingWithin openingLimit: Duration) {
        self.limit = limit
        openingEnd = Locked(.now + openingLimit)
    }

    /// From now on, each wait has only its own limit.
    func endOpening() {
        openingEnd.withLock { $0 = nil }
    }

    /// SQLite's handler, which remembers when the current wait began.
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

    /// Retries while SQLite finds the database locked and does not wait by itself.
    ///
    /// - Throws: The error of the last attempt.
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
