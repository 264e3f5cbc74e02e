import IdentityBroker

/// The version of a schema, which is the number of its newest migration, and whether this process may use it.
struct SchemaVersion: Sendable {
    /// The schema's name.
    let name: String

    /// The newest version that this process knows.
    static let known = Migration.all.count
    /// The code of a transaction that ``confirmation`` has refused: a division by zero. No other statement divides.
    static let refusal = "22012"

    private var table: String { "\"\(name)\".migration" }

    /// Reads the version.
    var statement: Statement {
        Statement("SELECT coalesce(max(number), 0) FROM \(table)")
    }

    /// Fails if the schema is newer; otherwise prevents migrations until the end of the transaction, because its lock on
    /// the table conflicts with the exclusive lock that a migration takes first.
    var confirmation: Statement {
        Statement(
            "SELECT 1 / (NOT EXISTS (SELECT FROM \(table) WHERE number > $1::integer))::integer", ["\(Self.known)"])
    }

    /// Waits for the transactions of other processes, and keeps new ones waiting.
    var lock: Statement {
        Statement("LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE")
    }

    /// - Throws: ``PostgresFailure`` if the version is one that this process does not know.
    func check(_ version: Int) throws(PostgresFailure) {
        guard version <= Self.known else { throw newer(version) }
    }

    /// - Throws: ``PostgresFailure`` if the answer to ``statement`` is none.
    func number(in answers: [ResultRows]) throws(PostgresFailure) -> Int {
        guard let number = answers.first?.rows.first?.first.flatMap(\.self).flatMap({ Int($0) }) else {
            throw PostgresFailure(
                "the table \(table) is not the broker's", mayHaveHappened: false, kind: .unsuitable)
        }
        return number
    }

    /// The failure of a process that does not know this version; nil if it could not be read.
    func newer(_ version: Int?) -> PostgresFailure {
        let numbers = version.map { " (\($0), and this one knows up to \(Self.known))" } ?? ""
        return PostgresFailure(
            "its schema \(name) was written by a newer version of the broker\(numbers); stop this process and run that version",
            mayHaveHappened: false,
            kind: .superseded
        )
    }
}

extension PostgresFailure {
    /// The failure of a process that finds it as it starts: one that a newer version has not replaced is the wrong one.
    var atStart: PostgresFailure {
        guard kind == .superseded else { return self }
        return PostgresFailure(reason, mayHaveHappened: mayHaveHappened, kind: .unsuitable)
    }
}
