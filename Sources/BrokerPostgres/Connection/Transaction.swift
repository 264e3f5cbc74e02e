import IdentityBroker

/// What stands around the statements of a transaction.
///
/// All of it is said in each transaction: behind a pooler the next one may run in another session, which remembers nothing.
struct Transaction: Sendable {
    /// How long the server may take for each statement.
    let statementTimeout: Duration

    /// Begins one, whatever the server, the database or the user have set for theirs.
    ///
    /// A commit waits until it is on the server's disk, at least: `off`, which does not, becomes `on`, and what is more
    /// than that stays.
    var beginning: [Statement] {
        [
            Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
            Statement(
                """
                SELECT pg_catalog.set_config('search_path', 'pg_catalog', true),
                    pg_catalog.set_config('statement_timeout', $1, true),
                    pg_catalog.set_config('idle_in_transaction_session_timeout', $1, true),
                    pg_catalog.set_config('synchronous_commit', CASE pg_catalog.current_setting('synchronous_commit')
                        WHEN 'off' THEN 'on' ELSE pg_catalog.current_setting('synchronous_commit') END, true)
                """,
                ["\(Int((statementTimeout / .milliseconds(1)).rounded(.up)))"]
            ),
        ]
    }

    let end = Statement("COMMIT")
}

extension PostgresConnection {
    /// Runs statements in one transaction, which is on the server's disk when this returns.
    ///
    /// - Returns: What each of the statements gave.
    /// - Throws: ``PostgresFailure``; then none of them counts, unless it says that they may.
    func run(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        let frame = transaction.beginning
        // The server's own limit comes first: it ends what it does not need to go on with.
        let timeout = transaction.statementTimeout + .seconds(2)
        let answers: [ResultRows]
        do {
            answers = try run(frame + statements + [transaction.end], within: timeout)
        } catch {
            throw isStandby(after: error) ? .standby : error
        }
        try confirm(answers.last)
        return Array(answers.dropFirst(frame.count).dropLast())
    }

    /// Whether a transaction failed because the server is a hot standby: the code says no more than that something is not
    /// supported (PostgreSQL, "Hot Standby").
    private func isStandby(after failure: PostgresFailure) -> Bool {
        guard failure.code == "0A000" else { return false }
        let question = [Statement("ROLLBACK"), Statement("SELECT pg_catalog.pg_is_in_recovery()")]
        return (try? run(question, within: .seconds(2)))?.last?.rows == [["t"]]
    }

    /// Checks that what should have been a commit was one: of a transaction that failed it is a rollback.
    func confirm(_ commit: ResultRows?) throws(PostgresFailure) {
        guard commit?.command == "COMMIT" else {
            throw PostgresFailure("the transaction was rolled back", mayHaveHappened: false, kind: .failed)
        }
    }
}

extension PostgresFailure {
    /// Without a code: the connection is given up, and the next one may lead to the primary.
    fileprivate static let standby = PostgresFailure(
        "it is a standby, which takes no writes; point the url at the primary", mayHaveHappened: false, kind: .readOnly)
}
