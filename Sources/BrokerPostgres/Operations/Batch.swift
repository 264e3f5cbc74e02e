import IdentityBroker

/// Operations that go to the server in one transaction.
struct Batch: Sendable {
    enum Work: Sendable {
        case reserve(ReservationBatch)
        case record(RecordBatch)
        case run(Statement, StoreOperation.Answer<ResultRows>)
    }

    let work: Work
    let operations: [StoreOperation]

    func fail(_ failure: StoreFailure) {
        operations.forEach { $0.fail(failure) }
    }
}
