import IdentityBroker

/// A request's place among those that the service works on.
///
/// A connection offers it with a complete request. The code that answers the request takes it over and returns it; it is free
/// while a login waits.
final class Place: LoginRequester {
    /// The place of the request that this task answers.
    @TaskLocal static var current: Place?

    private enum Stage: Sendable {
        case offered, inside, outside, givenBack
    }

    private struct State: Sendable {
        var stage: Stage
        var hasLeft = false
        var isGone = false
        var onGone: (@Sendable () -> Void)?
    }

    private let state: Locked<State>
    private let shedder: Locked<LoadShedder>
    private let clock: BrokerClock

    /// Makes the place of a request that the shedder has let in.
    ///
    /// - Parameter isOffered: Whether the code that answers the request has yet to take the place over.
    init(in shedder: Locked<LoadShedder>, by clock: BrokerClock, isOffered: Bool) {
        self.shedder = shedder
        self.clock = clock
        state = Locked(State(stage: isOffered ? .offered : .inside))
    }

    /// Takes the place over from the connection.
    ///
    /// - Returns: Whether it was still there, and ``giveBack()`` has to follow.
    func takeOver() -> Bool {
        state.withLock { state in
            guard state.stage == .offered else { return false }
            state.stage = .inside
            return true
        }
    }

    /// Gives the place back if nobody took it over.
    func withdraw() {
        leave(from: .offered, to: .givenBack)
    }

    /// The request is answered or given up.
    func giveBack() {
        leave(from: .inside, to: .givenBack)
    }

    /// The client has closed its connection.
    func clientIsGone() {
        let action = state.withLock { state in
            state.isGone = true
            defer { state.onGone = nil }
            return state.onGone
        }
        action?()
    }

    var isGone: Bool { state.withLock { $0.isGone } }

    func onGone(_ action: (@Sendable () -> Void)?) {
        state.withLock { $0.onGone = action }
    }

    func loginWillWait() {
        leave(from: .inside, to: .outside)
    }

    func loginDidWait() {
        let returns = state.withLock { state in
            guard state.stage == .outside else { return false }
            state.stage = .inside
            return true
        }
        if returns { shedder.withLock { $0.reenter(at: clock.uptime()) } }
    }

    private func leave(from stage: Stage, to next: Stage) {
        let isFirst = state.withLock { state -> Bool? in
            guard state.stage == stage else { return nil }
            state.stage = next
            defer { state.hasLeft = true }
            return !state.hasLeft
        }
        guard let isFirst else { return }
        let now = clock.uptime()
        shedder.withLock { $0.leave(isFirst: isFirst, at: now) }
    }
}
