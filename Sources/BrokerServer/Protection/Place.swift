import IdentityBroker

/// A request's place among those that the service processes.
///
/// A connection with a complete request joins the queue, and offers the place when its turn has come. The code that
/// answers the request takes the place over and returns it; the place is free while a login waits.
final class Place: LoginRequester {
    /// The place of the request that this task answers.
    @TaskLocal static var current: Place?

    private enum Stage: Sendable {
        case waiting, offered, inside, outside, givenBack
    }

    private struct State: Sendable {
        var stage: Stage
        var hasLeft = false
        var isGone = false
        var onTurn: (@Sendable () -> Void)?
        var onGone: (@Sendable () -> Void)?
        var onWait: (@Sendable (Bool) -> Void)?
    }

    /// When the request joined the queue.
    let joined: Duration
    /// How many bytes of the request are kept while it waits.
    let size: Int

    private let state: Locked<State>
    private let queue: PlaceQueue

    /// Makes the place of a request that the queue admitted or lets wait.
    init(in queue: PlaceQueue, isWaiting: Bool, size: Int, at now: Duration) {
        self.queue = queue
        self.size = size
        joined = now
        state = Locked(State(stage: isWaiting ? .waiting : .offered))
    }

    /// Waits for the turn.
    ///
    /// - Parameter onTurn: Called once when the turn has come; not called if it already has, or if the place is
    ///   withdrawn.
    /// - Returns: Whether there is anything to wait for.
    func waitForTurn(_ onTurn: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.stage == .waiting else { return false }
            state.onTurn = onTurn
            return true
        }
    }

    /// Sets what to call whenever its login begins to wait, or has waited.
    func onWait(_ action: (@Sendable (Bool) -> Void)?) {
        state.withLock { $0.onWait = action }
    }

    /// Records that the turn has come.
    func admit() {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.stage == .waiting else { return nil }
            state.stage = .offered
            defer { state.onTurn = nil }
            return state.onTurn
        }
        action?()
    }

    /// Takes the place over from the connection.
    ///
    /// - Returns: Whether it was still available; if so, ``giveBack()`` must follow.
    func takeOver() -> Bool {
        state.withLock { state in
            guard state.stage == .offered else { return false }
            state.stage = .inside
            return true
        }
    }

    /// Whether its turn came too late: processing it would only delay the requests behind it.
    var isLate: Bool { queue.isLate(self) }

    /// Returns the place, or gives it up, if no one took it over.
    func withdraw() {
        let stage = state.withLock { state in
            let stage = state.stage
            guard stage == .waiting || stage == .offered else { return stage }
            state.stage = .givenBack
            state.onTurn = nil
            return stage
        }
        switch stage {
        case .waiting: queue.abandon(self)
        // Nothing was processed, so this shows nothing about the queue's speed.
        case .offered: queue.leave(isFirst: false)
        default: break
        }
    }

    /// Returns the place: the request is answered or given up.
    func giveBack() {
        leave(from: .inside, to: .givenBack)
        let action = state.withLock { state -> (@Sendable (Bool) -> Void)? in
            guard state.stage == .outside else { return nil }
            state.stage = .givenBack
            return state.onWait
        }
        action?(false)
    }

    /// Records that the client has closed its connection.
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
        guard leave(from: .inside, to: .outside) else { return }
        state.withLock { $0.onWait }?(true)
    }

    func loginDidWait() {
        let (returns, action) = state.withLock { state in
            guard state.stage == .outside else { return (false, nil as (@Sendable (Bool) -> Void)?) }
            state.stage = .inside
            return (true, state.onWait)
        }
        guard returns else { return }
        queue.reenter()
        action?(false)
    }

    @discardableResult
    private func leave(from stage: Stage, to next: Stage) -> Bool {
        let isFirst = state.withLock { state -> Bool? in
            guard state.stage == stage else { return nil }
            state.stage = next
            defer { state.hasLeft = true }
            return !state.hasLeft
        }
        guard let isFirst else { return false }
        queue.leave(isFirst: isFirst)
        return true
    }
}

extension Place: Hashable {
    static func == (one: Place, other: Place) -> Bool { one === other }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}

/// Passes a request's place from its connection to the task that answers it.
final class PlaceHandover: Sendable {
    /// The handover of the connection whose requests this task answers.
    @TaskLocal static var current: PlaceHandover?

    private let place = Locked<Place?>(nil)

    /// Offers the place of the request that is passed on.
    func leave(_ place: Place) {
        self.place.withLock { $0 = place }
    }

    /// Takes the place over, if one was offered and is still available.
    func takeOver() -> Place? {
        let left = place.withLock { place in
            defer { place = nil }
            return place
        }
        guard let left, left.takeOver() else { return nil }
        return left
    }
}
