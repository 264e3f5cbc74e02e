import IdentityBroker

/// Operations that share one transaction.
struct Batch: Sendable {
    enum Work: Sendable {
        case reserve(ReservationBatch)
        case record(RecordBatch)
        case run(Statement, StoreOperation.Answer<ResultRows>)
        case transact([Statement], StoreOperation.Answer<[ResultRows]>)
    }

    let work: Work
    let operations: [StoreOperation]

    /// Reports that its turn has come.
    ///
    /// - Returns: What to run, usually the batch itself, and the operations that no one waits for anymore.
    func begin() -> (begun: [Batch], abandoned: [StoreOperation]) {
        var (line, abandoned) = (WaitingLine(), [StoreOperation]())
        for operation in operations {
            if operation.begin() { line.add(operation) } else { abandoned.append(operation) }
        }
        if abandoned.isEmpty { return ([self], []) }
        var begun: [Batch] = []
        while let batch = line.next() { begun.append(batch) }
        return (begun, abandoned)
    }

    func fail(_ failure: StoreFailure) {
        operations.forEach { $0.fail(failure) }
    }
}
