/// When the store removes old entries: at the first login, then once a minute, and more often under load.
///
/// A login leaves at most three entries: its reservation, its event and its grant. A purge of three entries for each
/// login since the last purge keeps up with any load.
struct PurgeSchedule: Sendable {
    private static let interval: Duration = .seconds(60)
    private static let loginsBetween = 500
    /// How many entries one purge removes at most.
    static let batch = 3 * loginsBetween

    private var due: Duration
    private var logins = 0
    private var isUnderWay = false

    init(at now: Duration) {
        due = now
    }

    /// Counts a login.
    ///
    /// - Returns: Whether the caller must purge now, and then report it with ``end(purged:at:)``.
    mutating func count(at now: Duration) -> Bool {
        logins += 1
        guard !isUnderWay, now >= due || logins >= Self.loginsBetween else { return false }
        isUnderWay = true
        logins = 0
        return true
    }

    /// Ends a purge. If it reached its limit, the next login starts another.
    mutating func end(purged count: Int, at now: Duration) {
        isUnderWay = false
        due = count < Self.batch ? now + Self.interval : now
    }
}
