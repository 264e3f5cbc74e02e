/// Operations that wait for a connection, in order of arrival, and how they are batched.
///
/// A transaction either reserves or records. Each locks its rows in key order; if one did both, two of them could
/// deadlock.
struct WaitingLine: Sendable {
    /// The maximum number of operations in a transaction.
    static let greatestBatch = 500
    /// The approximate maximum size of its events and sign-ins, in bytes.
    static let greatestSize = 1024 * 1024

    private var operations: [StoreOperation] = []

    var count: Int { operations.count }

    mutating func add(_ operation: StoreOperation) {
        operations.append(operation)
    }

    /// Removes the operation that has waited longest, and all that can share its transaction.
    mutating func next() -> Batch? {
        guard let first = operations.first else { return nil }
        switch first.work {
        case .run(let statement, let answer):
            operations.removeFirst()
            return Batch(work: .run(statement, answer), operations: [first])
        case .transact(let statements, let answer):
            operations.removeFirst()
            return Batch(work: .transact(statements, answer), operations: [first])
        case .reserve:
            var batch = ReservationBatch()
            let operations = take { operation in
                guard batch.requests.count < Self.greatestBatch,
                    case .reserve(let reservation, let now, let answer) = operation.work
                else { return false }
                batch.add(ReservationBatch.Request(reservation: reservation, now: now, answer: answer))
                return true
            }
            return Batch(work: .reserve(batch), operations: operations)
        case .record, .signIn:
            var batch = RecordBatch()
            let operations = take { operation in
                guard batch.entries.count < Self.greatestBatch, batch.size < Self.greatestSize else { return false }
                switch operation.work {
                case .record(let event, let settlement, let answer):
                    return batch.add(event, settlement, answer)
                case .signIn(let signIn, let event, let settlement, let answer):
                    return batch.add(signIn, event, settlement, answer)
                case .reserve, .run, .transact:
                    return false
                }
            }
            return Batch(work: .record(batch), operations: operations)
        }
    }

    /// Removes all operations submitted before a given time.
    mutating func removeAll(submittedBefore moment: ContinuousClock.Instant) -> [StoreOperation] {
        // The queue is in order of arrival.
        let count = operations.firstIndex { $0.submitted >= moment } ?? operations.count
        defer { operations.removeFirst(count) }
        return Array(operations.prefix(count))
    }

    /// Removes all operations.
    mutating func removeAll() -> [StoreOperation] {
        defer { operations = [] }
        return operations
    }

    private mutating func take(_ joins: (StoreOperation) -> Bool) -> [StoreOperation] {
        var (taken, left): ([StoreOperation], [StoreOperation]) = ([], [])
        for operation in operations {
            if joins(operation) { taken.append(operation) } else { left.append(operation) }
        }
        operations = left
        return taken
    }
}
