import IdentityBroker

extension StoreStatements {
    /// Runs a batch, and tells those whom it is about once it is committed.
    func run(
        _ batch: Batch,
        on connection: PostgresConnection,
        in transaction: Transaction
    ) throws(PostgresFailure) {
        switch batch.work {
        case .reserve(let batch):
            let answers = try connection.run([reserve(batch.claimants)], in: transaction)
            batch.tell(granted: keys(in: answers[0]))
        case .record(let batch):
            let settlement = batch.settlements.isEmpty ? [] : [settle(batch.settlements)]
            _ = try connection.run(settlement + [append(batch.events)], in: transaction)
            batch.tell()
        case .run(let statement, let answer):
            let answers = try connection.run([statement], in: transaction)
            answer(.success(answers[0]))
        }
    }
}
