/// What a ``Monitor`` keeps behind its lock. Its methods return what to run after releasing the lock.
struct WaitingRoom<State: Sendable> {
    var state: State
    private var waiters: [Waiter<State>] = []
    private var lastNumber: UInt64 = 0
    private var closure: (any Error)?

    init(state: State) {
        self.state = state
    }

    mutating func takeNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    mutating func enter(_ waiter: Waiter<State>) -> [Waiter<State>.WakeUp] {
        if let wakeUp = waiter.attempt(&state) { return [wakeUp] + takeReady() }
        if let closure { return [waiter.failure(closure)] }
        waiters.append(waiter)
        count(waiter, by: 1)
        return takeReady()
    }

    mutating func takeReady() -> [Waiter<State>.WakeUp] {
        var wakeUps: [Waiter<State>.WakeUp] = []
        var index = waiters.startIndex
        while index < waiters.endIndex {
            guard let wakeUp = waiters[index].attempt(&state) else {
                index += 1
                continue
            }
            wakeUps.append(wakeUp)
            count(waiters.remove(at: index), by: -1)
            // The condition or the count changed the state, which an earlier waiter may be waiting for.
            index = waiters.startIndex
        }
        return wakeUps
    }

    mutating func expel(_ id: UInt64, throwing error: any Error) -> [Waiter<State>.WakeUp] {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return [] }
        let waiter = waiters.remove(at: index)
        count(waiter, by: -1)
        return [waiter.failure(error)] + takeReady()
    }

    mutating func close(throwing error: any Error) -> [Waiter<State>.WakeUp] {
        closure = error
        defer { waiters = [] }
        waiters.forEach { count($0, by: -1) }
        return waiters.map { $0.failure(error) }
    }

    private mutating func count(_ waiter: Waiter<State>, by difference: Int) {
        guard let counter = waiter.counter else { return }
        state[keyPath: counter] += difference
    }
}
