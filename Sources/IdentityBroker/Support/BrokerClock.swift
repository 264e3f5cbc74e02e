#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The time of day, a stopwatch and an alarm, handed in so that a test can own all three.
public struct BrokerClock: Sendable {
    /// The time of day.
    public let now: @Sendable () -> Date
    /// Time since some fixed instant. It never goes back, whatever is done to the time of day.
    package let uptime: @Sendable () -> Duration
    /// Waits, or throws `CancellationError`.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock out of a stopwatch and a source of the time of day.
    public init<C: Clock>(
        _ clock: C,
        now: @escaping @Sendable () -> Date
    ) where C.Duration == Duration {
        let origin = clock.now
        self.now = now
        uptime = { origin.duration(to: clock.now) }
        sleep = { try await clock.sleep(for: $0) }
    }

    /// The computer's clocks.
    public static var system: BrokerClock {
        BrokerClock(ContinuousClock(), now: { Date() })
    }
}
