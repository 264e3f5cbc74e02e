import GRDB

extension Database {
    /// Runs a command, whose statement is prepared once, and returns how many rows it changed.
    @discardableResult
    func run(_ command: StoreCommand) throws -> Int {
        try cachedStatement(sql: command.statement.rawValue).execute(arguments: command.arguments)
        return changesCount
    }

    /// Runs a command that reads.
    func rows(_ command: StoreCommand) throws -> [StoreRow] {
        let statement = try cachedStatement(sql: command.statement.rawValue)
        return try Row.fetchAll(statement, arguments: command.arguments).map(StoreRow.init)
    }
}
