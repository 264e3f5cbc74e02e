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

    /// SQLite's handler, which keeps when the present wait began.
    var mode: Database.BusyMode {
        let beginning = Locked(ContinuousClock.now)
        return .callback { [limit] attempts in
            let now = ContinuousClock.now
            let began = beginning.withLock { beginning in
                if attempts == 0 { beginning = now }
                return beginning
            }
            guard began.duration(to: now) < limit else { return false }
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
                guard began.duration(to: .now) < limit else { throw error }
                Self.pause()
            }
        }
    }

    private static func pause() {
        usleep(1_000)
    }
}
