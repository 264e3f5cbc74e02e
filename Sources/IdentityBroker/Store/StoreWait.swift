/// A task's wait for the store, until its deadline. While the store is silent, the request that the task handles takes
/// nothing of the process (``LoginRequester``).
///
/// A store that is slow, and answers, is a line that whoever sheds load has to see. One whose lock is held or whose server is
/// gone would have those who wait for it keep out those who need no store.
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

    /// Makes a wait that has yet to begin.
    ///
    /// - Parameters:
    ///   - requester: Who asked for what the task does.
    ///   - deadline: By when it has to be over; nil where somebody else sees to that.
    ///   - pulse: What is known of the store's answers, whoever asked.
    ///   - onDeadline: Is called once the deadline is over.
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

    /// The wait is over, before its deadline or after.
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

    /// How much longer the requester waits inside; nil where nobody does.
    ///
    /// The requester hears that it leaves under the lock, so that it never hears of the end first.
    private func patience(in state: inout State) -> Duration? {
        guard let requester, !state.isOutside else { return nil }
        let patience = pulse.withLock { $0.patience(of: began, at: clock.uptime()) }
        guard patience == .zero else { return patience }
        requester.loginWillWait()
        state.isOutside = true
        return nil
    }
}

/// When the store last succeeded, and whether it is silent.
struct StorePulse: Sendable {
    /// How long it may be silent: longer than a slow disk takes for a commit.
    static let patience = Duration.milliseconds(100)

    private var lastSuccess: Duration
    /// Whether it was silent for too long, and has been since.
    private var isSilent = false

    init(at now: Duration) {
        lastSuccess = now
    }

    mutating func succeed(at now: Duration) {
        lastSuccess = now
        isSilent = false
    }

    /// How much longer somebody waits inside who asked at a time; zero where the store is silent.
    mutating func patience(of asked: Duration, at now: Duration) -> Duration {
        let patience = max(asked, lastSuccess) + Self.patience - now
        if patience <= .zero { isSilent = true }
        return isSilent ? .zero : patience
    }
}
