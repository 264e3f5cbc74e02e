import Foundation
import Logging

/// Who has the store remove old entries.
public enum Housekeeping: Sendable {
    /// The broker, alongside its logins: at the first one, then once a minute, and more often under load.
    case automatic
    /// Another user of the same store. For a process that ends with its login and must not wait for a purge.
    case elsewhere
}

/// Has the store remove old entries, concurrently with logins and never in their way.
final class Housekeeper: Sendable {
    private struct State: Sendable {
        var schedule: PurgeSchedule
        var purge: Task<Void, Never>?
        /// Whether the store's time is far behind the clock.
        var lag = LastingTrouble<Bool>()
    }

    private let store: any BrokerStore
    private let access: StoreAccess
    private let clock: BrokerClock
    private let logger: Logger
    private let state: Locked<State>
    private let isAutomatic: Bool

    private static let patience = Duration.seconds(60)

    init(
        _ store: any BrokerStore,
        through access: StoreAccess,
        _ housekeeping: Housekeeping,
        clock: BrokerClock,
        logger: Logger
    ) {
        isAutomatic = housekeeping == .automatic
        self.store = store
        self.access = access
        self.clock = clock
        self.logger = logger
        state = Locked(State(schedule: PurgeSchedule(at: clock.uptime())))
    }

    /// Counts a login, and starts a purge if one is due.
    func countLogin() {
        guard isAutomatic else { return }
        let now = clock.uptime()
        state.withLock { state in
            guard state.schedule.count(at: now) else { return }
            // The purge outlives the login's request.
            state.purge = StoreAccess.$requester.withValue(nil) { Task { await self.purge() } }
        }
    }

    /// Cuts short the purge under way, if any, and waits for it.
    func finish() async {
        guard let purge = state.withLock({ $0.purge }) else { return }
        purge.cancel()
        await purge.value
    }

    private func purge() async {
        var count = 0
        do throws(StoreFailure) {
            // No one waits for it, so it gets more time than a request.
            let (deadline, now) = (Deadline(in: Self.patience, by: clock), clock.now())
            let believed: Date
            (believed, count) = try await access.call(.purge, until: deadline, isCancellable: true) {
                [store] () async throws(StoreFailure) in
                let believed = try await store.believedTime(at: now)
                return (believed, try await store.purge(at: believed, atMost: PurgeSchedule.batch))
            }
            tell(of: believed, at: now)
        } catch {
            // The failure is in the log, and the next purge does the rest.
        }
        state.withLock { $0.schedule.end(purged: count, at: clock.uptime()) }
    }

    /// Logs while the store's time is far behind the clock.
    private func tell(of believed: Date, at now: Date) {
        let isBehind = StoreTime.isUnusual(believed, at: now)
        let uptime = clock.uptime()
        guard let news = state.withLock({ $0.lag.observe(isBehind ? true : nil, at: uptime) }) else { return }
        var metadata: Logger.Metadata = [:]
        if let seconds = news.seconds { metadata["broker.lasting_seconds"] = "\(seconds)" }
        guard isBehind else { return logger.notice("the store's time is the clock's again", metadata: metadata) }
        metadata["broker.store.behind_seconds"] = "\(Int(now.timeIntervalSince(believed)))"
        logger.warning("\(StoreTime.lagExplanation)", metadata: metadata)
    }
}

/// When the store removes old entries: at the first login, then once a minute, and more often under load.
///
/// A login leaves up to three entries: its reservation, its event, and a record if its client gets tokens. A purge of three
/// entries for each login since the last purge keeps up with any load.
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
