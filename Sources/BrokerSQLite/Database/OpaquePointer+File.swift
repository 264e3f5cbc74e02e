import CSQLiteShims
import GRDB
import GRDBSQLite

/// What SQLite keeps behind a connection.
extension OpaquePointer {
    /// SQLite's open database file; nil if it has none.
    ///
    /// Read and lock it only through this: opening and closing the file separately would drop every lock that the process
    /// holds on it (POSIX, fcntl).
    var databaseFile: UnsafeMutablePointer<sqlite3_file>? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(self, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        return code == SQLITE_OK ? file : nil
    }

    /// Whether the connection leaves the write-ahead log as it is when it is closed, even if it is the last one.
    ///
    /// - Throws: `DatabaseError`.
    func leaveLogAtClose(_ leaves: Bool) throws {
        let code = sqliteshim_leave_log_at_close(self, leaves)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}

extension Database {
    /// Whether the connection leaves the write-ahead log as it is when it is closed, even if it is the last one.
    ///
    /// - Throws: `DatabaseError`.
    func leaveLogAtClose(_ leaves: Bool) throws {
        try sqliteConnection?.leaveLogAtClose(leaves)
    }
}
