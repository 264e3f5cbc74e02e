public import Foundation
import LoopbackServer

/// A clock that stops until a test advances it, with a wall clock that moves along.
///
/// A test starts the code under test, awaits ``waitForSleepers(_:)`` until that is asleep, and calls ``advance(by:)``.
public final class TestClock: Clock {
    private struct State: Sendable {
        var now = Instant(sinceStart: .zero)
        var deadlines: [Instant] = []
        /// How far ahead the wall clock was set.
        var shift = Duration.zero

        /// Moves the clock. Sleepers whose deadline has come count as awake from here on, whether or not they run yet.
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

    /// Creates a clock that shows `start`, by default 2026-01-02T03:04:05Z.
    public init(at start: Date = Date(timeIntervalSince1970: 1_767_323_045)) {
        self.start = start
    }

    /// The current instant.
    public var now: Instant {
        state.snapshot.now
    }

    /// The clock has no resolution: it shows exactly the time it was set to.
    public var minimumResolution: Duration {
        .zero
    }

    /// The current instant, as a date.
    public var date: Date {
        let state = state.snapshot
        let (seconds, attoseconds) = (state.now.sinceStart + state.shift).components
        return start.addingTimeInterval(TimeInterval(seconds) + TimeInterval(attoseconds) * 1e-18)
    }

    /// ``date`` as a closure, for code whose wall clock is injected.
    public var wallClock: @Sendable () -> Date {
        { self.date }
    }

    /// Suspends until the clock reaches `deadline`; the tolerance is not used.
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

    /// Advances the clock and wakes the sleepers whose time has come, in no particular order.
    ///
    /// The clock is at the new time before any of them runs: one that sleeps again counts from the new time.
    ///
    /// - Parameter duration: zero or more.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "a clock does not go back")
        state.withState { $0.advance(by: duration) }
    }

    /// Sets the wall clock ahead, or back by a negative duration. This wakes no sleeper, since no time passes.
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

extension TestClock {
    /// A point on a test clock.
    public struct Instant: InstantProtocol {
        /// The distance from the clock's start.
        public let sinceStart: Duration

        /// Creates the point at this distance from the clock's start.
        public init(sinceStart: Duration) {
            self.sinceStart = sinceStart
        }

        /// The point this much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        /// The time from this point to another.
        public func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        /// Orders points by time.
        public static func < (lhs: Instant, rhs: Instant) -> Bool {
            lhs.sinceStart < rhs.sinceStart
        }
    }
}

/// Returns when the task is cancelled, and never before.
package func waitForCancellation() async {
    let (nothing, end) = AsyncStream<Never>.makeStream()
    for await _ in nothing {}
    end.finish()
}
