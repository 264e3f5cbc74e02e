import IdentityBroker

/// The way in for requests, until the service shuts down: then it lets nobody in, and waits for those who are.
package final class DrainGate: Sendable {
    private struct State: Sendable {
        var underWay = 0
        var isDraining = false
        /// Those who wait until nobody is left.
        var waiters: [AsyncStream<Never>.Continuation] = []
    }

    private let state = Locked(State())

    package init() {}

    /// Whether requests are refused because the service shuts down.
    package var isDraining: Bool { state.withLock { $0.isDraining } }

    /// How many requests are under way.
    package var underWay: Int { state.withLock { $0.underWay } }

    /// A request comes.
    ///
    /// - Returns: Whether it is let in, and ``leave()`` has to follow.
    package func enter() -> Bool {
        state.withLock { state in
            guard !state.isDraining else { return false }
            state.underWay += 1
            return true
        }
    }

    /// A request that was let in has been answered, or given up.
    package func leave() {
        let waiters = state.withLock { state in
            state.underWay -= 1
            return state.underWay == 0 ? state.waiters : []
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Refuses requests from now on, and waits until none is under way, the time is over, or the task is cancelled.
    ///
    /// - Returns: How many are still under way.
    package func drain<C: Clock>(within patience: Duration, by clock: C) async -> Int where C.Duration == Duration {
        let (emptied, waiter) = AsyncStream.makeStream(of: Never.self)
        let isEmpty = state.withLock { state in
            state.isDraining = true
            state.waiters.append(waiter)
            return state.underWay == 0
        }
        guard !isEmpty else { return 0 }
        await withTaskGroup { group in
            group.addTask { for await _ in emptied {} }
            group.addTask { try? await clock.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
        return underWay
    }
}
