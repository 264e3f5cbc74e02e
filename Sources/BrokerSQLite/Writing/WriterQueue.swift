/// The rules of waiting, writing and notifying: one turn at a time takes pending operations, within limits.
///
/// Each operation leaves the queue exactly once: with its turn, or with those given up.
struct WriterQueue<Operation: Sendable>: Sendable {
    /// What happens to a submitted operation.
    enum Admission: Sendable, Equatable {
        /// It waits, and a turn must be started for it.
        case first
        /// It waits for the turn after the running one.
        case waiting
        case refused(Refusal)
    }

    /// Why an operation is not accepted.
    enum Refusal: Sendable, Equatable {
        case full, hanging, closed
        /// Its caller gave up.
        case abandoned
    }

    private enum Phase: Sendable, Equatable {
        case idle, running
        /// The running turn is considered hanging.
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

    /// Takes the oldest waiting operations for the running turn.
    mutating func take(atMost count: Int) -> [Operation] {
        underWay = Array(waiting.prefix(count))
        waiting.removeFirst(underWay.count)
        return underWay
    }

    /// Ends the running turn, and begins the next if operations wait.
    ///
    /// - Returns: Whether to notify the callers of the turn, and whether there is another turn.
    mutating func endTurn() -> (isAwaited: Bool, isFollowed: Bool) {
        let isAwaited = phase == .running
        underWay = []
        phase = .idle
        guard !waiting.isEmpty else { return (isAwaited, false) }
        begin()
        return (isAwaited, true)
    }

    /// Checks whether the running turn is the same as at the last check. If so it hangs, and all operations are given
    /// up, until it ends.
    ///
    /// - Returns: The operations of the turn, and those waiting for theirs.
    mutating func look() -> (underWay: [Operation], waiting: [Operation]) {
        defer { turnAtLastLook = turn }
        guard phase == .running, turn == turnAtLastLook else { return ([], []) }
        defer { (underWay, waiting) = ([], []) }
        phase = .hanging
        return (underWay, waiting)
    }

    /// Accepts nothing more.
    mutating func close() {
        isClosed = true
    }

    private mutating func begin() {
        phase = .running
        turn += 1
    }
}
