package import IdentityBroker

/// A task that wants to run every few milliseconds, by which the load shedder sees how long tasks wait for the processor.
package struct Heartbeat: Sendable {
    private let shedder: Locked<LoadShedder>
    private let pause: Duration
    private let uptime: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - shedder: Who is told.
    ///   - pause: The time between two beats.
    ///   - clock: The alarm clock.
    ///   - uptime: The stopwatch whose times the shedder is given.
    package init<C: Clock>(
        of shedder: Locked<LoadShedder>,
        every pause: Duration = .milliseconds(10),
        by clock: C,
        uptime: @escaping @Sendable () -> Duration
    ) where C.Duration == Duration {
        self.shedder = shedder
        self.pause = pause
        self.uptime = uptime
        sleep = { try await clock.sleep(for: $0) }
    }

    /// Beats until the task is cancelled. That task has to have the priority of those that answer requests: each priority
    /// has a line of its own.
    package func run() async {
        defer { shedder.withLock { $0.expectBeat(at: nil) } }
        repeat {
            shedder.withLock { $0.expectBeat(at: uptime() + pause) }
        } while (try? await sleep(pause)) != nil
    }
}
