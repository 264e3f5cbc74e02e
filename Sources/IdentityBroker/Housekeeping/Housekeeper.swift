/// Has the store forget what is too old, beside the logins and never in their way.
final class Housekeeper: Sendable {
    private struct State: Sendable {
        var schedule: PurgeSchedule
        var purge: Task<Void, Never>?
    }

    private let store: any LoginStore
    private let access: StoreAccess
    private let clock: BrokerClock
    private let timekeeper: Timekeeper
    private let state: Locked<State>
    private let isAutomatic: Bool

    private static let patience = Duration.seconds(60)

    init(
        _ store: any LoginStore,
        through access: StoreAccess,
        _ housekeeping: Housekeeping,
        clock: BrokerClock,
        timekeeper: Timekeeper
    ) {
        isAutomatic = housekeeping == .automatic
        self.store = store
        self.access = access
        self.clock = clock
        self.timekeeper = timekeeper
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
            // Nobody waits for it, so that it has more time than a request.
            let (deadline, now) = (Deadline(in: Self.patience, by: clock), timekeeper.steadyTime())
            count = try await access.call(.purge, until: deadline, isCancellable: true) {
                [store] () async throws(StoreFailure) in
                try await store.purge(at: now, atMost: PurgeSchedule.batch)
            }
        } catch {
            // The failure is in the log, and the next purge has as much to do again.
        }
        state.withLock { $0.schedule.end(purged: count, at: clock.uptime()) }
    }
}
