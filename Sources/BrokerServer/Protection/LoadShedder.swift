/// Decides which requests are turned away at once, before there are so many that all of them are late.
///
/// Two things count. How many requests are under way bounds memory, and the wait for whatever the process cannot see into.
/// How late a heartbeat is tells how long the line for the processor is: the beat stands in that line like any request, so
/// while it is overdue nobody else is let in, and when it comes, all that was let in before it has had its turn. How long
/// requests take says nothing here. With a slow upstream they take long while the processor is idle.
package struct LoadShedder: Sendable {
    /// What a request that was turned away is told to wait: by then a line of the length allowed is long gone.
    package static let retryAfter: Duration = .seconds(1)

    private let limit: LoadLimit
    private var beatDue: Duration?
    /// How many requests are under way.
    package private(set) var underWay = 0

    package init(_ limit: LoadLimit) {
        self.limit = limit
    }

    /// A request comes.
    ///
    /// - Returns: Whether it is let in, and ``leave()`` has to follow.
    package mutating func enter(at now: Duration) -> Bool {
        // With nobody under way there is no line that turning this one away would shorten: others keep the machine busy.
        guard underWay < limit.requests, underWay == 0 || !isLate(at: now) else { return false }
        underWay += 1
        return true
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
