import IdentityBroker

/// Operations that share one transaction.
struct Batch: Sendable {
    enum Work: Sendable {
        case reserve(ReservationBatch)
        case conclude(ConclusionBatch)
        case commit(StoredCommit, PendingOperation.Answer<CommitResult>)
        case run(Statement, PendingOperation.Answer<ResultRows>)
    }

    let work: Work
    let operations: [PendingOperation]

    /// Reports that its turn has come.
    ///
    /// - Returns: What to run, usually the batch itself, and the operations that no one waits for anymore.
    func begin() -> (begun: [Batch], abandoned: [PendingOperation]) {
        var (line, abandoned) = (WaitingLine(), [PendingOperation]())
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
