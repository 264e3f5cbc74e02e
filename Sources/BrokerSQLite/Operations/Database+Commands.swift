import GRDB

extension Database {
    /// Runs a command, whose statement is prepared once, and says how many rows it changed.
    @discardableResult
    func run(_ command: StoreCommand) throws -> Int {
        try cachedStatement(sql: command.statement.rawValue).execute(arguments: command.arguments)
        return changesCount
    }

    /// Runs a command that reads audit events.
    func rows(_ command: StoreCommand) throws -> [AuditEventRow] {
        let statement = try cachedStatement(sql: command.statement.rawValue)
        return try Row.fetchAll(statement, arguments: command.arguments).map(AuditEventRow.init)
    }
}
