import IdentityBroker

extension StoreStatements {
    /// Runs a batch, and notifies its callers once it is committed.
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
            let signIns = batch.signIns.isEmpty ? [] : [signIn(batch.signIns)]
            let statements = settlement + signIns + [append(batch.events)]
            let answers = try connection.run(statements, in: transaction)
            let accounts = signIns.isEmpty ? [] : accounts(in: answers[settlement.count])
            guard accounts.count == batch.signIns.count else {
                throw PostgresFailure(
                    "it does not say which accounts it has found", mayHaveHappened: true, kind: .failed)
            }
            batch.tell(accounts: accounts)
        case .run(let statement, let answer):
            let answers = try connection.run([statement], in: transaction)
            answer(.success(answers[0]))
        case .transact(let statements, let answer):
            answer(.success(try connection.run(statements, in: transaction)))
        }
    }
}
