/// The rules of who waits, who is written and who is told: one turn at a time takes what waits, within bounds.
///
/// Each operation leaves it exactly once: with its turn, or with those that were given up.
struct WriterQueue<Operation: Sendable>: Sendable {
    /// What becomes of an operation that is handed in.
    enum Admission: Sendable, Equatable {
        /// It waits, and a turn has to be started for it.
        case first
        /// It waits for the turn after the running one.
        case waiting
        case refused(Refusal)
    }

    /// Why an operation is not taken.
    enum Refusal: Sendable, Equatable {
        case full, hanging, closed
        /// Its caller waits no longer.
        case abandoned
    }

    private enum Phase: Sendable, Equatable {
        case idle, running
        /// A turn is running that everybody has given up on.
        case hanging
    }

    private let capacity: Int
    private var phase = Phase.idle
    private var isClosed = false
    private var waiting: [Operation] = []
    private var underWay: [Operation] = []
    private var turn = 0
    private var turnAtLastLook = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var waitingCount: Int { waiting.count }

    mutating func add(_ operation: Operation) -> Admission {
        guard !isClosed else { return .refused(.closed) }
        guard phase != .hanging else { return .refused(.hanging) }
        guard waiting.count < capacity else { return .refused(.full) }
        waiting.append(operation)
        guard phase == .idle else { return .waiting }
        begin()
        return .first
    }

    /// What the running turn does: the oldest of those that wait.
    mutating func take(atMost count: Int) -> [Operation] {
        underWay = Array(waiting.prefix(count))
        waiting.removeFirst(underWay.count)
        return underWay
    }

    /// Ends the running turn, and begins the next if somebody waits.
    ///
    /// - Returns: Whether those of the turn are to be told, and whether there is another turn.
    mutating func endTurn() -> (isAwaited: Bool, isFollowed: Bool) {
        let isAwaited = phase == .running
        underWay = []
        phase = .idle
        guard !waiting.isEmpty else { return (isAwaited, false) }
        begin()
        return (isAwaited, true)
    }

    /// Looks whether the running turn is the one that was running at the last look. If so it hangs, and everybody is
    /// given up, until it ends.
    ///
    /// - Returns: Those whose turn it was, and those who waited for theirs.
    mutating func look() -> (underWay: [Operation], waiting: [Operation]) {
        defer { turnAtLastLook = turn }
        guard phase == .running, turn == turnAtLastLook else { return ([], []) }
        defer { (underWay, waiting) = ([], []) }
        phase = .hanging
        return (underWay, waiting)
    }

    /// Takes nothing any more.
    mutating func close() {
        isClosed = true
    }

    private mutating func begin() {
        phase = .running
        turn += 1
    }
}
