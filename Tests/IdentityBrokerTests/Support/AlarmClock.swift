/// A clock that does not move, and reports when a sleeper is woken by cancellation.
struct AlarmClock: Clock {
    private let asleep = Gate()
    private let cancelled: Gate

    init(whenCancelled cancelled: Gate) {
        self.cancelled = cancelled
    }

    var now: ContinuousClock.Instant { start }
    var minimumResolution: Duration { .zero }

    private let start = ContinuousClock.now

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        do { try await asleep.pass() } catch {
            cancelled.open()
            throw error
        }
    }
}
