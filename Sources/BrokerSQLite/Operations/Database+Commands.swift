import GRDB

extension Database {
    /// Runs a command, whose statement is prepared once, and returns how many rows it changed.
    @discardableResult
    func run(_ command: StoreCommand) throws -> Int {
        try cachedStatement(sql: command.statement.sql).execute(arguments: command.arguments)
        return changesCount
    }

    /// Runs a command that reads.
    func rows(_ command: StoreCommand) throws -> [StoreRow] {
        let statement = try cachedStatement(sql: command.statement.sql)
        return try Row.fetchAll(statement, arguments: command.arguments).map(StoreRow.init)
    }

    /// Runs a command that reads records, up to the first one with which their bodies exceed a size in bytes.
    func records(_ command: StoreCommand, exceeding size: Int) throws -> [StoreRow] {
        let statement = try cachedStatement(sql: command.statement.sql)
        let cursor = try Row.fetchCursor(statement, arguments: command.arguments)
        var (rows, total): ([StoreRow], Int) = ([], 0)
        while total <= size, let row = try cursor.next().map(StoreRow.init) {
            rows.append(row)
            total += row.bodySize
        }
        return rows
    }
}
