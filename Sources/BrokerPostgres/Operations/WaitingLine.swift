/// Operations that wait for a connection, in order of arrival, and how they are batched.
///
/// A shared transaction either reserves or concludes. Each locks its rows in key order; if one did both, two of them could
/// deadlock.
struct WaitingLine: Sendable {
    /// The maximum number of operations in a transaction.
    static let greatestBatch = 500
    /// The approximate maximum size of its events and sign-ins, in bytes.
    static let greatestSize = 1024 * 1024

    private var operations: [PendingOperation] = []

    var count: Int { operations.count }

    mutating func add(_ operation: PendingOperation) {
        operations.append(operation)
    }

    /// Removes the operation that has waited longest, and all that can share its transaction.
    mutating func next() -> Batch? {
        guard let first = operations.first else { return nil }
        switch first.work {
        case .run(let statement, let answer):
            operations.removeFirst()
            return Batch(work: .run(statement, answer), operations: [first])
        case .commit(let commit, let answer):
            operations.removeFirst()
            return Batch(work: .commit(commit, answer), operations: [first])
        case .reserve:
            var batch = ReservationBatch()
            let operations = take { operation in
                guard batch.requests.count < Self.greatestBatch,
                    case .reserve(let reservation, let now, let answer) = operation.work
                else { return false }
                batch.add(ReservationRequest(reservation: reservation, now: now), answer)
                return true
            }
            return Batch(work: .reserve(batch), operations: operations)
        case .conclude:
            var batch = ConclusionBatch()
            let operations = take { operation in
                guard batch.entries.count < Self.greatestBatch, batch.size < Self.greatestSize,
                    case .conclude(let conclusion, let answer) = operation.work
                else { return false }
                return batch.add(conclusion, answer)
            }
            return Batch(work: .conclude(batch), operations: operations)
        }
    }

    /// Removes all operations submitted before a given time.
    mutating func removeAll(submittedBefore moment: ContinuousClock.Instant) -> [PendingOperation] {
        // The queue is in order of arrival.
        let count = operations.firstIndex { $0.submitted >= moment } ?? operations.count
        defer { operations.removeFirst(count) }
        return Array(operations.prefix(count))
    }

    /// Removes all operations.
    mutating func removeAll() -> [PendingOperation] {
        defer { operations = [] }
        return operations
    }

    private mutating func take(_ joins: (PendingOperation) -> Bool) -> [PendingOperation] {
        var (taken, left): ([PendingOperation], [PendingOperation]) = ([], [])
        for operation in operations {
            if joins(operation) { taken.append(operation) } else { left.append(operation) }
        }
        operations = left
        return taken
    }
}
