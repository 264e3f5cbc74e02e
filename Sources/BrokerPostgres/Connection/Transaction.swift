import IdentityBroker

/// The statements around a transaction.
///
/// Each transaction repeats all of them: behind a pooler, the next one may run in another session without any state.
struct Transaction: Sendable {
    /// How long the server may take for each statement.
    let statementTimeout: Duration
    /// The schema, which must not be newer than this process; nil for one that may not exist yet.
    var version: SchemaVersion?

    /// Begins one, whatever defaults the server, the database or the user have.
    ///
    /// A commit waits at least until it is on the server's disk: `off`, which does not, becomes `on`, and stricter
    /// settings remain.
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
        ] + (version.map { [$0.confirmation] } ?? [])
    }

    let end = Statement("COMMIT")
}

extension PostgresConnection {
    /// Runs statements in one transaction, which is on the server's disk when this returns.
    ///
    /// - Returns: The result of each statement.
    /// - Throws: ``PostgresFailure``; then none of them took effect, unless it says that they may have.
    func run(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        let frame = transaction.beginning
        let answers = try send(frame + statements + [transaction.end], in: transaction)
        try confirm(answers.last)
        return Array(answers.dropFirst(frame.count).dropLast())
    }

    /// Begins a transaction. ``finish(_:in:)`` or ``undo(in:)`` must follow, or the connection's end.
    ///
    /// - Returns: The result of each statement.
    func begin(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        let frame = transaction.beginning
        let answers = try send(frame + statements, in: transaction)
        return Array(answers.dropFirst(frame.count))
    }

    /// Runs further statements of a transaction that has begun, which still is to be finished.
    ///
    /// - Returns: The result of each statement.
    func proceed(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        try send(statements, in: transaction)
    }

    /// Ends a transaction that has begun, without effect.
    func undo(in transaction: Transaction) throws(PostgresFailure) {
        _ = try send([Statement("ROLLBACK")], in: transaction)
    }

    /// Runs the other statements of a transaction, which is on the server's disk when this returns.
    ///
    /// - Returns: The result of each statement.
    /// - Throws: ``PostgresFailure``; then none of them took effect, unless it says that they may have.
    func finish(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        let answers = try send(statements + [transaction.end], in: transaction)
        try confirm(answers.last)
        return Array(answers.dropLast())
    }

    private func send(_ statements: [Statement], in transaction: Transaction) throws(PostgresFailure) -> [ResultRows] {
        do {
            // The server's own limit comes first: it also stops work that is no longer needed.
            return try run(statements, within: transaction.statementTimeout + .seconds(2))
        } catch {
            throw explanation(of: error, in: transaction) ?? error
        }
    }

    /// What a failure means whose code alone does not say it; nil for any other.
    private func explanation(of failure: PostgresFailure, in transaction: Transaction) -> PostgresFailure? {
        switch failure.code {
        case "0A000":
            // Something is not supported: by a hot standby, or at all (PostgreSQL, "Hot Standby").
            let isStandby = answer(to: Statement("SELECT pg_catalog.pg_is_in_recovery()")) == "t"
            return isStandby ? .standby : nil
        case SchemaVersion.refusal:
            return transaction.version.map { $0.newer(answer(to: $0.statement).flatMap { Int($0) }) }
        default:
            return nil
        }
    }

    /// The server's answer to a question after a failed transaction; nil if there is none.
    private func answer(to question: Statement) -> String? {
        (try? run([Statement("ROLLBACK"), question], within: .seconds(2)))?.last?.rows.first?.first.flatMap(\.self)
    }

    /// Checks that an intended commit was one, and is as durable as the server promises: for a failed transaction, it is a
    /// rollback.
    func confirm(_ commit: ResultRows?) throws(PostgresFailure) {
        guard commit?.command == "COMMIT" else {
            throw PostgresFailure("the transaction was rolled back", mayHaveHappened: false, kind: .failed)
        }
        guard !isUnconfirmed else { throw .unconfirmed }
    }
}

extension PostgresFailure {
    fileprivate static let unconfirmed = PostgresFailure(
        "its synchronous standby did not confirm a commit, since the wait was canceled", mayHaveHappened: true,
        kind: .late)

    /// Without a code, so that the connection is abandoned and the next one may lead to the primary.
    fileprivate static let standby = PostgresFailure(
        "it is a standby, which takes no writes; point the url at the primary", mayHaveHappened: false, kind: .readOnly)
}
