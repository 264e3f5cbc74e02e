import IdentityBroker

/// The rules of the pool: which operations wait, which connections work, and which pause.
///
/// Each operation leaves it exactly once: with a batch, or with those given up.
struct PoolState: Sendable {
    /// What happens to a submitted operation.
    enum Admission: Sendable, Equatable {
        /// It waits, and this connection must be put to work.
        case start(Int)
        /// It waits for a working connection.
        case waiting
        case refused(Refusal)
    }

    /// Why an operation is not accepted.
    enum Refusal: Sendable, Equatable {
        case full, closed
        /// Its caller gave up.
        case abandoned
        /// No connection succeeded recently, for this reason.
        case unreachable(String, kind: StoreFailure.Reason = .unreachable)
    }

    /// The state in numbers.
    struct Summary: Sendable, Equatable {
        let waiting: Int
        let idle: Int
        let used: Int
    }

    private enum Seat: Sendable, Equatable {
        /// There is no connection yet, or the last one was lost.
        case vacant
        /// The connection is open and has nothing to do.
        case idle
        /// It connects, or runs a transaction.
        case working
        /// The server could not be reached, and is not contacted before then.
        case resting(until: ContinuousClock.Instant)
    }

    private let capacity: Int
    private let backoff: Backoff
    private var seats: [Seat]
    private var line = WaitingLine()
    private var failures = 0
    /// Whether a connection has ever worked.
    private(set) var hasWorked = false
    private var outage = Refusal.unreachable("")
    private var isClosed = false

    /// - Parameters:
    ///   - connections: The maximum number of connections.
    ///   - capacity: How many operations may wait.
    init(connections: Int, capacity: Int, backoff: Backoff) {
        seats = Array(repeating: .vacant, count: connections)
        self.capacity = capacity
        self.backoff = backoff
    }

    var summary: Summary {
        Summary(
            waiting: line.count, idle: seats.count { $0 == .idle }, used: seats.count { $0 == .working })
    }

    mutating func add(_ operation: PendingOperation) -> Admission {
        guard !isClosed else { return .refused(.closed) }
        guard line.count < capacity else { return .refused(.full) }
        guard let seat = freeSeat(at: operation.submitted) else {
            guard seats.contains(.working) else { return .refused(outage) }
            line.add(operation)
            return .waiting
        }
        line.add(operation)
        seats[seat] = .working
        return .start(seat)
    }

    /// The next batch for an open connection; nil if nothing waits, and the connection becomes idle.
    mutating func next(for seat: Int) -> Batch? {
        failures = 0
        hasWorked = true
        let batch = line.next()
        if batch == nil { seats[seat] = .idle }
        return batch
    }

    /// Records a failed connection attempt.
    ///
    /// - Parameters:
    ///   - reason: The reason, for operators.
    ///   - kind: The kind of failure.
    ///   - jitter: A random number from 0 to 1.
    /// - Returns: The operations that no connection serves now.
    mutating func leave(
        _ seat: Int,
        after reason: String,
        kind: StoreFailure.Reason = .unreachable,
        at now: ContinuousClock.Instant,
        jitter: Double
    ) -> [PendingOperation] {
        failures += 1
        outage = .unreachable(reason, kind: kind)
        seats[seat] = .resting(until: now + backoff.delay(afterFailures: failures, jitter: jitter))
        return seats.contains(.working) ? [] : line.removeAll()
    }

    /// Removes the operations that were submitted before a given time and still wait.
    mutating func giveUp(submittedBefore moment: ContinuousClock.Instant) -> [PendingOperation] {
        line.removeAll(submittedBefore: moment)
    }

    /// Whether this connection has been put to work and has not yet stopped.
    func isWorking(_ seat: Int) -> Bool {
        seats[seat] == .working
    }

    /// Accepts nothing more. Pending operations are still done.
    mutating func close() {
        isClosed = true
    }

    private func freeSeat(at now: ContinuousClock.Instant) -> Int? {
        seats.firstIndex(of: .idle)
            ?? seats.firstIndex { seat in
                switch seat {
                case .vacant: true
                case .resting(let end): end <= now
                case .idle, .working: false
                }
            }
    }
}
