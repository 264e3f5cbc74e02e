import Logging

/// Has the store forget what is too old, beside the logins and never in their way.
final class Housekeeper: Sendable {
    private struct State: Sendable {
        var schedule: PurgeSchedule
        var purge: Task<Void, Never>?
    }

    private let store: any LoginStore
    private let clock: BrokerClock
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let state: Locked<State>
    private let isAutomatic: Bool

    init(
        _ store: any LoginStore,
        _ housekeeping: Housekeeping,
        clock: BrokerClock,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        isAutomatic = housekeeping == .automatic
        self.store = store
        self.clock = clock
        self.timekeeper = timekeeper
        self.logger = logger
        state = Locked(State(schedule: PurgeSchedule(at: clock.uptime())))
    }

    /// Counts a login, and begins a purge if one is due.
    func countLogin() {
        guard isAutomatic else { return }
        let now = clock.uptime()
        state.withLock { state in
            guard state.schedule.count(at: now) else { return }
            state.purge = Task { await self.purge() }
        }
    }

    /// Cuts short the purge that is under way, if there is one, and waits for it.
    func finish() async {
        guard let purge = state.withLock({ $0.purge }) else { return }
        purge.cancel()
        await purge.value
    }

    private func purge() async {
        var count = 0
        do throws(StoreFailure) {
            count = try await store.purge(at: timekeeper.steadyTime(), atMost: PurgeSchedule.batch)
        } catch {
            logger.error("store failed to purge", metadata: ["broker.store.message": "\(error.message)"])
        }
        state.withLock { $0.schedule.end(purged: count, at: clock.uptime()) }
    }
}
