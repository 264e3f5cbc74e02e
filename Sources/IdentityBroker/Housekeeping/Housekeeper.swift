import Logging

/// Has the store forget what is too old, beside the logins and never in their way.
final class Housekeeper: Sendable {
    private struct State: Sendable {
        var schedule: PurgeSchedule
        var purge: Task<Void, Never>?
    }

    private let store: any LoginStore
    private let clock: BrokerClock
    private let logger: Logger
    private let state: Locked<State>

    init(_ store: any LoginStore, clock: BrokerClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
        state = Locked(State(schedule: PurgeSchedule(at: clock.uptime())))
    }

    /// Counts a login, and begins a purge if one is due.
    func countLogin() {
        let now = clock.uptime()
        state.withLock { state in
            guard state.schedule.count(at: now) else { return }
            state.purge = Task { await self.purge() }
        }
    }

    /// Waits for the purge that is under way, if one is.
    func finish() async {
        await state.withLock { $0.purge }?.value
    }

    private func purge() async {
        var count = 0
        do throws(StoreFailure) {
            count = try await store.purge(at: clock.now(), atMost: PurgeSchedule.batch)
        } catch {
            logger.error("store failed to purge", metadata: ["broker.store.message": "\(error.message)"])
        }
        state.withLock { $0.schedule.end(purged: count, at: clock.uptime()) }
    }
}
