/// A task's wait for the store, until its deadline. While the store is unresponsive, the task's request uses no
/// capacity of the process (``LoginRequester``).
///
/// A slow store that answers is a queue, which load shedding has to see. But while its lock is held or its server is
/// gone, those who wait for it should not keep out those who need no store.
final class StoreWait: Sendable {
    private struct State: Sendable {
        var alarm: BrokerClock.Alarm?
        var isOutside = false
        var isOver = false
    }

    private let requester: (any LoginRequester)?
    private let deadline: Deadline?
    private let pulse: Locked<StorePulse>
    private let clock: BrokerClock
    private let began: Duration
    private let onDeadline: @Sendable () -> Void
    private let state = Locked(State())

    /// Makes a wait that has not begun.
    ///
    /// - Parameters:
    ///   - requester: Who requested the task's work.
    ///   - deadline: When it must end; nil if the caller ensures that.
    ///   - pulse: When the store last answered, to any task.
    ///   - onDeadline: Called once the deadline has passed.
    init(
        for requester: (any LoginRequester)?,
        until deadline: Deadline?,
        pulse: Locked<StorePulse>,
        by clock: BrokerClock,
        onDeadline: @escaping @Sendable () -> Void = {}
    ) {
        self.requester = requester
        self.deadline = deadline
        self.pulse = pulse
        self.clock = clock
        self.onDeadline = onDeadline
        began = clock.uptime()
    }

    func begin() {
        state.withLock(proceed)
    }

    /// Ends the wait, before or after its deadline.
    func end() {
        state.withLock { state in
            state.isOver = true
            state.alarm?.switchOff()
            if state.isOutside { requester?.loginDidWait() }
        }
    }

    private func ring() {
        let isLate = state.withLock { state in
            guard !state.isOver else { return false }
            if deadline?.isOver == true { return true }
            proceed(&state)
            return false
        }
        if isLate { onDeadline() }
    }

    private func proceed(_ state: inout State) {
        let patience = patience(in: &state)
        if let patience, deadline.map({ patience < $0.remaining }) ?? true {
            state.alarm = clock.alarm(patience) { [self] in ring() }
        } else {
            // By the deadline's own clock.
            state.alarm = deadline?.alarm { [self] in ring() }
        }
    }

    /// How much longer the requester counts as active; nil if there is none that does.
    ///
    /// The requester is notified under the lock, so that it never learns of the end first.
    private func patience(in state: inout State) -> Duration? {
        guard let requester, !state.isOutside else { return nil }
        let patience = pulse.withLock { $0.patience(of: began, at: clock.uptime()) }
        guard patience == .zero else { return patience }
        requester.loginWillWait()
        state.isOutside = true
        return nil
    }
}

/// When the store last succeeded, and whether it is unresponsive.
struct StorePulse: Sendable {
    /// How long it may take before it counts as unresponsive: longer than a slow disk needs for a commit.
    static let patience = Duration.milliseconds(100)

    private var lastSuccess: Duration
    /// Whether it has been unresponsive since it exceeded that time.
    private var isSilent = false

    init(at now: Duration) {
        lastSuccess = now
    }

    mutating func succeed(at now: Duration) {
        lastSuccess = now
        isSilent = false
    }

    /// How much longer a requester counts as active, given when it asked; zero if the store is unresponsive.
    mutating func patience(of asked: Duration, at now: Duration) -> Duration {
        let patience = max(asked, lastSuccess) + Self.patience - now
        if patience <= .zero { isSilent = true }
        return isSilent ? .zero : patience
    }
}
