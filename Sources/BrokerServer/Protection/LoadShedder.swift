/// Decides which requests are turned away at once, before there are so many that all of them are late.
///
/// Two things count. How many requests are under way bounds memory, and the wait for whatever the process cannot see into.
/// How late a heartbeat is tells how long the line for the processor is: the beat stands in that line like any request, so
/// while it is overdue no more than a few are let in, and when it comes, all that was let in before it has had its turn. How
/// long requests take says nothing here. With a slow upstream they take long while the processor is idle.
package struct LoadShedder: Sendable {
    /// What a request that was turned away is told to wait: by then a line of the length allowed is long gone.
    package static let retryAfter: Duration = .seconds(1)

    private let limit: LoadLimit
    private var beatDue: Duration?
    /// How many requests are under way.
    package private(set) var underWay = 0
    /// How many connections have a place for a request.
    private var reserved = 0

    package init(_ limit: LoadLimit) {
        self.limit = limit
    }

    /// A request comes.
    ///
    /// - Returns: Whether it is let in, and ``leave()`` has to follow.
    package mutating func enter(at now: Duration) -> Bool {
        guard hasRoom(at: now) else { return false }
        underWay += 1
        return true
    }

    /// A request comes for which its connection has a place. The line it has stood in since is no reason to turn it away now.
    ///
    /// - Returns: Whether it is let in, and ``leave()`` has to follow. Not if too many are under way whose connections are gone.
    mutating func enterReserved() -> Bool {
        guard underWay < limit.requests else { return false }
        underWay += 1
        return true
    }

    /// A request comes on a connection, before anything is done for it.
    ///
    /// - Returns: Whether it gets a place, and ``release()`` has to follow.
    mutating func reserve(at now: Duration) -> Bool {
        guard hasRoom(at: now) else { return false }
        reserved += 1
        return true
    }

    /// The request that a connection had a place for has been answered, or the connection is gone.
    mutating func release() {
        reserved -= 1
    }

    private func hasRoom(at now: Duration) -> Bool {
        let busy = max(underWay, reserved)
        return busy < limit.requests && (busy < limit.alwaysTaken || !isLate(at: now))
    }

    /// A request that was let in has been answered, or given up.
    package mutating func leave() {
        underWay -= 1
    }

    /// The heart beats, and will again at `due`; nil if it stops, and has nothing more to say.
    mutating func expectBeat(at due: Duration?) {
        beatDue = due
    }

    private func isLate(at now: Duration) -> Bool {
        beatDue.map { now - $0 > limit.lag } ?? false
    }
}
