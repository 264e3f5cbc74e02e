import LoopbackServer

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A clock that stands still until a test moves it on, and the wall clock that goes with it.
///
/// A test starts what it tests, awaits ``waitForSleepers(_:)`` until that is asleep, and calls ``advance(by:)``.
public final class TestClock: Clock {
    private struct State: Sendable {
        var now = Instant(sinceStart: .zero)
        var deadlines: [Instant] = []
        /// How far the wall clock was set ahead.
        var shift = Duration.zero

        /// Moves the clock. Those whose deadline has come count as awake from here on, whether or not they run yet.
        mutating func advance(by duration: Duration) {
            now = now.advanced(by: duration)
            deadlines.removeAll { $0 <= now }
        }

        mutating func forget(_ deadline: Instant) {
            guard let index = deadlines.firstIndex(of: deadline) else { return }
            deadlines.remove(at: index)
        }
    }

    private let start: Date
    private let state = Monitor(State())

    /// Makes a clock that stands at `start`, by default 2026-01-02T03:04:05Z.
    public init(at start: Date = Date(timeIntervalSince1970: 1_767_323_045)) {
        self.start = start
    }

    /// Where the clock stands.
    public var now: Instant {
        state.snapshot.now
    }

    /// The clock has no resolution: it stands where it was put.
    public var minimumResolution: Duration {
        .zero
    }

    /// Where the clock stands, as a date.
    public var date: Date {
        let state = state.snapshot
        let (seconds, attoseconds) = (state.now.sinceStart + state.shift).components
        return start.addingTimeInterval(TimeInterval(seconds) + TimeInterval(attoseconds) * 1e-18)
    }

    /// ``date`` as a closure, for code that is handed its wall clock in.
    public var wallClock: @Sendable () -> Date {
        { self.date }
    }

    /// Suspends until the clock is moved to `deadline` or past it; the tolerance is not used.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try Task.checkCancellation()
        let isAsleep = state.withState { state in
            guard state.now < deadline else { return false }
            state.deadlines.append(deadline)
            return true
        }
        guard isAsleep else { return }
        do {
            try await state.wait { $0.now >= deadline ? () : nil }
        } catch {
            state.withState { $0.forget(deadline) }
            throw error
        }
    }

    /// Moves the clock on and wakes those whose time has come, in no particular order.
    ///
    /// The clock has arrived before any of them runs: one that goes back to sleep counts from the new time.
    ///
    /// - Parameter duration: zero or more.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "a clock does not go back")
        state.withState { $0.advance(by: duration) }
    }

    /// Sets the wall clock ahead, or back by a negative duration. Nobody wakes, since no time passes.
    public func shiftDate(by duration: Duration) {
        state.withState { $0.shift += duration }
    }

    /// Suspends until at least `count` tasks are asleep at the same time.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func waitForSleepers(_ count: Int = 1) async throws {
        try await state.wait { $0.deadlines.count >= count ? () : nil }
    }
}
