/// When the store has to forget what is too old: with the first login, then once a minute, and more often under load.
///
/// A login leaves at most three entries behind, its reservation, its event and its grant. A purge that takes three for every
/// login since the last one keeps up with any load of logins.
struct PurgeSchedule: Sendable {
    private static let interval: Duration = .seconds(60)
    private static let loginsBetween = 500
    /// How many entries one purge forgets at most.
    static let batch = 3 * loginsBetween

    private var due: Duration
    private var logins = 0
    private var isUnderWay = false

    init(at now: Duration) {
        due = now
    }

    /// Counts a login.
    ///
    /// - Returns: Whether the caller has to purge now, and then to say so with ``end(purged:at:)``.
    mutating func count(at now: Duration) -> Bool {
        logins += 1
        guard !isUnderWay, now >= due || logins >= Self.loginsBetween else { return false }
        isUnderWay = true
        logins = 0
        return true
    }

    /// A purge is over. One that found as much as it may take is followed by another at the next login.
    mutating func end(purged count: Int, at now: Duration) {
        isUnderWay = false
        due = count < Self.batch ? now + Self.interval : now
    }
}
