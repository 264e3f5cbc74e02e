import IdentityBroker

/// The rules of the pool: who waits, which connections work, and which are left alone for a while.
///
/// Each operation leaves it exactly once: with a batch, or with those that are given up.
struct PoolState: Sendable {
    /// What becomes of an operation that is handed in.
    enum Admission: Sendable, Equatable {
        /// It waits, and this connection has to be set to work.
        case start(Int)
        /// It waits for a connection that works.
        case waiting
        case refused(Refusal)
    }

    /// Why an operation is not taken.
    enum Refusal: Sendable, Equatable {
        case full, closed
        /// Its caller waits no longer.
        case abandoned
        /// No connection could be made lately, for this reason.
        case unreachable(String, kind: StoreFailure.Reason = .unreachable)
    }

    /// The state in numbers.
    struct Summary: Sendable, Equatable {
        let waiting: Int
        let idle: Int
        let used: Int
    }

    private enum Seat: Sendable, Equatable {
        /// No connection has been made yet, or the last one was lost.
        case vacant
        /// The connection stands and has nothing to do.
        case idle
        /// It connects, or runs a transaction.
        case working
        /// The server could not be reached, and is not asked before then.
        case resting(until: ContinuousClock.Instant)
    }

    private let capacity: Int
    private let backoff: Backoff
    private var seats: [Seat]
    private var line = WaitingLine()
    private var failures = 0
    private var outage = Refusal.unreachable("")
    private var isClosed = false

    /// - Parameters:
    ///   - connections: How many connections there are at most.
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

    mutating func add(_ operation: StoreOperation) -> Admission {
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

    /// What a connection that stands does next; nil if nobody waits, and it is idle from now on.
    mutating func next(for seat: Int) -> Batch? {
        failures = 0
        let batch = line.next()
        if batch == nil { seats[seat] = .idle }
        return batch
    }

    /// A connection could not be made.
    ///
    /// - Parameters:
    ///   - reason: Why not, for operators.
    ///   - kind: What kind of failure that is.
    ///   - jitter: A random number from 0 to 1.
    /// - Returns: Those whom nobody serves now.
    mutating func leave(
        _ seat: Int,
        after reason: String,
        kind: StoreFailure.Reason = .unreachable,
        at now: ContinuousClock.Instant,
        jitter: Double
    ) -> [StoreOperation] {
        failures += 1
        outage = .unreachable(reason, kind: kind)
        seats[seat] = .resting(until: now + backoff.delay(afterFailures: failures, jitter: jitter))
        return seats.contains(.working) ? [] : line.removeAll()
    }

    /// Takes out those who came before a moment and wait still.
    mutating func giveUp(submittedBefore moment: ContinuousClock.Instant) -> [StoreOperation] {
        line.removeAll(submittedBefore: moment)
    }

    /// Whether this connection has been set to work and has not come to rest yet.
    func isWorking(_ seat: Int) -> Bool {
        seats[seat] == .working
    }

    /// Takes nothing any more. What waits is still done.
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
