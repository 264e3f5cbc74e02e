import GRDB
import GRDBSQLite

extension DatabaseReader {
    /// Checks that no other connection keeps the database locked.
    ///
    /// It takes a lock and releases it through SQLite. Nothing is read or written.
    ///
    /// - Throws: `DatabaseError` of `SQLITE_BUSY`.
    func confirmUnlocked() throws {
        guard let file = connection.databaseFile, let methods = file.pointee.pMethods?.pointee,
            let lock = methods.xLock, let unlock = methods.xUnlock, let check = methods.xCheckReservedLock
        else { return }
        try confirm(lock(file, SQLITE_LOCK_SHARED))
        defer { _ = unlock(file, SQLITE_LOCK_NONE) }
        var isReserved: CInt = 0
        if check(file, &isReserved) == SQLITE_OK, isReserved != 0 { try confirm(SQLITE_BUSY) }
    }

    /// Checks that no other connection is about to write to the log, which exists.
    ///
    /// - Throws: `DatabaseError` of `SQLITE_BUSY`.
    func confirmNoWriter() throws {
        do {
            // The lock is in the log's index, which the first read opens.
            _ = try integer("PRAGMA schema_version")
        } catch let error as DatabaseError where error.resultCode != .SQLITE_BUSY {
            // Any reader of the database will find this.
            return
        }
        guard let file = connection.databaseFile, let methods = file.pointee.pMethods?.pointee,
            methods.iVersion >= 2, let lock = methods.xShmLock
        else { return }
        try confirm(lock(file, Self.writerLock, 1, SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE))
        _ = lock(file, Self.writerLock, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE)
    }

    /// The number of the lock that a writer holds: `WAL_WRITE_LOCK` (SQLite, "WAL-mode File Format" §2.3).
    private static let writerLock: CInt = 0

    private func confirm(_ code: CInt) throws {
        if code & 0xFF == SQLITE_BUSY { throw DatabaseError(resultCode: .SQLITE_BUSY, message: "database is locked") }
    }
}
