/// Those who wait for a connection, in the order in which they came, and who of them goes to the server together.
///
/// A transaction either reserves or records. Each locks its rows in the order of their keys, and were one to do both, two
/// of them could wait for each other. One that records locks reservations first and identities then.
struct WaitingLine: Sendable {
    /// How many operations share a transaction at most.
    static let greatestBatch = 500
    /// How many bytes of events and sign-ins do, about.
    static let greatestSize = 1024 * 1024

    private var operations: [StoreOperation] = []

    var count: Int { operations.count }

    mutating func add(_ operation: StoreOperation) {
        operations.append(operation)
    }

    /// Takes out whoever has waited longest, and all who can come along.
    mutating func next() -> Batch? {
        guard let first = operations.first else { return nil }
        switch first.work {
        case .run(let statement, let answer):
            operations.removeFirst()
            return Batch(work: .run(statement, answer), operations: [first])
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
                guard batch.events.count < Self.greatestBatch, batch.size < Self.greatestSize else { return false }
                switch operation.work {
                case .record(let event, let settlement, let answer):
                    return batch.add(event, settlement, answer)
                case .signIn(let signIn, let event, let settlement, let answer):
                    return batch.add(signIn, event, settlement, answer)
                case .reserve, .run:
                    return false
                }
            }
            return Batch(work: .record(batch), operations: operations)
        }
    }

    /// Takes out all who came before a moment.
    mutating func removeAll(submittedBefore moment: ContinuousClock.Instant) -> [StoreOperation] {
        // The line is in the order of arrival.
        let count = operations.firstIndex { $0.submitted >= moment } ?? operations.count
        defer { operations.removeFirst(count) }
        return Array(operations.prefix(count))
    }

    /// Takes out everybody.
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
