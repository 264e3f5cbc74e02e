import GRDB
import GRDBSQLite

import Foundation

/// Reads a database, without changing it or creating the files that SQLite keeps next to one. All its reads see one
/// state, that of the first, whatever other processes write in the meantime.
///
/// GRDB's connections would create them: GRDB does not accept SQLite's URIs, which can state that nothing is shared.
struct DatabaseReader: ~Copyable {
    let connection: OpaquePointer

    /// - Parameters:
    ///   - path: The absolute path, with symbolic links resolved.
    ///   - isImmutable: Whether no process has it open, so that its log and locks are not used.
    /// - Throws: `DatabaseError`.
    init(path: String, isImmutable: Bool) throws {
        var connection: OpaquePointer?
        var code = sqlite3_open_v2(
            Self.uri(of: path, isImmutable: isImmutable), &connection,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        // The transaction ends with the connection. No other process writes to an immutable file.
        if code == SQLITE_OK, !isImmutable { code = sqlite3_exec(connection, "BEGIN", nil, nil, nil) }
        guard code == SQLITE_OK, let connection else {
            sqlite3_close(connection)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        self.connection = connection
        // A connection that may not write would fail to copy the log anyway.
        try? connection.leaveLogAtClose(true)
        sqlite3_busy_timeout(connection, 2_000)
    }

    deinit {
        sqlite3_close(connection)
    }

    func integer(_ sql: String) throws -> Int? {
        try rows(sql) { Int(sqlite3_column_int64($0, 0)) }.first
    }

    func texts(_ sql: String) throws -> [String] {
        try rows(sql) { sqlite3_column_text($0, 0).map { String(cString: $0) } ?? "" }
    }

    /// All rows, with texts as the arguments.
    func rows(_ sql: String, binding arguments: [String]) throws -> [StoreRow] {
        try rows(sql, binding: arguments, StoreRow.init(current:))
    }

    private func rows<Value>(
        _ sql: String,
        binding arguments: [String] = [],
        _ read: (OpaquePointer) -> Value
    ) throws -> [Value] {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        defer { sqlite3_finalize(statement) }
        for (place, argument) in arguments.enumerated() {
            let code = sqlite3_bind_text(statement, CInt(place + 1), argument, -1, Self.transient)
            guard code == SQLITE_OK else { throw failure(code) }
        }
        var values: [Value] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: values.append(read(statement))
            case SQLITE_DONE: return values
            case let code: throw failure(code)
            }
        }
    }

    /// Tells SQLite to copy an argument (`SQLITE_TRANSIENT`, a macro that Swift does not import).
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }

    /// The path as an SQLite URI (SQLite, "Uniform Resource Identifiers" §3).
    private static func uri(of path: String, isImmutable: Bool) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(escaped)\(isImmutable ? "?immutable=1" : "")"
    }
}

extension StoreRow {
    /// The row that a statement has just found.
    fileprivate init(current statement: OpaquePointer) {
        self.init(
            (0..<sqlite3_column_count(statement)).map { column in
                switch sqlite3_column_type(statement, column) {
                case SQLITE_INTEGER: sqlite3_column_int64(statement, column).databaseValue
                case SQLITE_NULL: .null
                // A text is read as its bytes.
                default:
                    sqlite3_column_blob(statement, column).map {
                        Data(bytes: $0, count: Int(sqlite3_column_bytes(statement, column)))
                    }.map(\.databaseValue) ?? Data().databaseValue
                }
            })
    }
}
