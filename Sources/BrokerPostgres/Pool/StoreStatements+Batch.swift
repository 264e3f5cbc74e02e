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
            let answers = try connection.retryingConflicts { () throws(PostgresFailure) in
                try connection.run([reserve(batch.claimants)], in: transaction)
            }
            batch.tell(granted: keys(in: answers[0]))
        case .conclude(let batch):
            batch.tell(
                try connection.retryingConflicts { () throws(PostgresFailure) in
                    try write(batch, on: connection, in: transaction)
                })
        case .commit(let commit, let answer):
            answer(
                try connection.retryingConflicts { () throws(PostgresFailure) in
                    try perform(commit, on: connection, in: transaction)
                })
        case .run(let statement, let answer):
            let answers = try connection.run([statement], in: transaction)
            answer(.success(answers[0]))
        }
    }

    /// Writes events, and what else their logins lead to.
    ///
    /// With sign-ins, it takes two round trips: the first looks up and locks what is there, and the second writes what was
    /// decided on it. Locks are taken in one order: of identities that exist, of new ones, of accounts, of reservations, of
    /// the owners of records, of records.
    ///
    /// - Returns: The result of each sign-in.
    private func write(
        _ batch: ConclusionBatch,
        on connection: PostgresConnection,
        in transaction: Transaction
    ) throws(PostgresFailure) -> [CommitResult] {
        guard !batch.signIns.isEmpty else {
            _ = try connection.run(conclude(batch.entries.map(\.conclusion), putting: []), in: transaction)
            return []
        }
        let found = try connection.begin(lookUp(batch.signIns), in: transaction)
        let plan = try self.plan(batch.signIns, foundIn: found)
        let accepted = plan.accepted(of: batch.entries)
        _ = try connection.finish(keep(plan) + conclude(accepted, putting: plan.puts), in: transaction)
        return plan.results
    }

    /// Settles reservations, puts records and writes events.
    private func conclude(_ conclusions: [Conclusion], putting puts: [SignInPlan.Put]) -> [Statement] {
        let settlements = conclusions.compactMap(\.settlement)
        return (settlements.isEmpty ? [] : [settle(settlements)]) + put(puts) + [append(conclusions.map(\.event))]
    }
}

extension PostgresConnection {
    /// How often a transaction is tried that conflicts with another one.
    private static let attempts = 5

    /// Repeats a transaction that failed because another one inserted the same row after this one had looked, or because
    /// both waited for each other: it finds what the other one did the next time.
    func retryingConflicts<Value>(_ body: () throws(PostgresFailure) -> Value) throws(PostgresFailure) -> Value {
        for _ in 1..<Self.attempts {
            do throws(PostgresFailure) {
                return try body()
            } catch {
                guard error.isConflict, recover(from: error) else { throw error }
            }
        }
        return try body()
    }
}
