import IdentityBroker

extension StoreStatements {
    /// Performs a commit in a transaction of its own.
    ///
    /// One of records alone takes a single round trip, since the server decides. Others first take everything else that
    /// they need, in the order in which ends of logins do, and are undone if an operation is refused.
    func perform(
        _ commit: StoredCommit,
        on connection: PostgresConnection,
        in transaction: Transaction
    ) throws(PostgresFailure) -> Result<CommitResult, StoreFailure> {
        guard !commit.isOfRecordsAlone else {
            let answers = try connection.run(
                self.commit(commit.plan, for: nil, recording: commit.events), in: transaction)
            return result(of: commit, granting: [], in: answers, for: nil)
        }
        var signIn: SignInPlan?
        if let asked = commit.signIn {
            let found = try connection.begin([lookUpIdentities(of: [asked])], in: transaction)
            signIn = try plan([asked], foundIn: found)
        }
        let others =
            (signIn.map(keep) ?? []) + (commit.settlements.isEmpty ? [] : [settle(commit.settlements)])
            + (commit.reservations.isEmpty ? [] : [reserve(commit.reservations)])
        let statements = others + self.commit(commit.plan, for: signIn?.account, recording: commit.events)
        let answers =
            try signIn == nil
            ? connection.begin(statements, in: transaction) : connection.proceed(statements, in: transaction)
        let granted = commit.reservations.isEmpty ? [] : keys(in: answers[others.count - 1])
        let result = result(of: commit, granting: granted, in: answers, for: signIn?.account)
        guard case .success(.done) = result else {
            try connection.undo(in: transaction)
            return result
        }
        _ = try connection.finish([], in: transaction)
        return result
    }

    /// The result of a commit: of what is refused about credentials and about records, what comes first.
    ///
    /// - Parameters:
    ///   - granted: The credentials that the server reserved.
    ///   - answers: The answers to the statements, of which the last one is about records.
    private func result(
        of commit: StoredCommit,
        granting granted: Set<OneTimeKey>,
        in answers: [ResultRows],
        for account: AccountID?
    ) -> Result<CommitResult, StoreFailure> {
        do throws(StoreFailure) {
            guard let last = answers.last else {
                throw StoreFailure("The server does not say what it has done.", mayHaveHappened: true)
            }
            let result = try self.commit(in: last, for: account)
            guard let refusal = commit.refusal(granting: granted) else { return .success(result) }
            if case .refused(let other) = result, other.operation < refusal.operation { return .success(result) }
            return .success(.refused(refusal))
        } catch {
            return .failure(error)
        }
    }
}
