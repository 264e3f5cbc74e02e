import GRDB
import GRDBSQLite

/// What SQLite expects of a database and its write-ahead log, and so the minimum length of both files.
///
/// During a transaction that may write, only checkpoints of other processes change it, and only for the better: they
/// copy frames into the database.
struct LogState: Sendable {
    /// The length of a page in bytes.
    let pageSize: Int64
    /// The number of pages in the database, including those that are only in the log.
    let pages: Int64
    /// The number of valid frames in the log. Each holds a page.
    let frames: Int64
    /// How many of them, from the first, are also in the database.
    let copiedFrames: Int64
}

extension LogState {
    /// Whether a log of this length has lost a frame that exists nowhere else.
    ///
    /// The last valid frame is not in the database before all are (SQLite, "File Format" §4).
    func isLogTruncated(to length: Int64) -> Bool {
        copiedFrames < frames && length < Self.logHeader + frames * (Self.frameHeader + pageSize)
    }

    /// Whether a database of this length lacks more pages than the log can hold.
    func isDatabaseTruncated(to length: Int64) -> Bool {
        pages - length / pageSize > frames - copiedFrames
    }

    /// Whether a database of this length has all pages.
    func isDatabaseWhole(at length: Int64) -> Bool {
        length / pageSize >= pages
    }

    private static let logHeader: Int64 = 32
    private static let frameHeader: Int64 = 24
}

extension LogState {
    /// Reads it within a transaction, from the log's index in SQLite's memory (SQLite, "WAL-mode File Format" §2.1).
    ///
    /// Nil if SQLite does not reveal it. A checkpoint would, but writes to the database.
    ///
    /// - Throws: `DatabaseError`.
    init?(of connection: Database) throws {
        guard let index = connection.sqliteConnection?.logIndex else { return nil }
        frames = Int64(index.load(fromByteOffset: 16, as: UInt32.self))
        copiedFrames = Int64(index.load(fromByteOffset: 96, as: UInt32.self))
        pages = try Int64.fetchOne(connection, sql: "PRAGMA page_count") ?? 0
        pageSize = try Int64.fetchOne(connection, sql: "PRAGMA page_size") ?? 0
        guard pageSize > 0 else { return nil }
    }
}

extension OpaquePointer {
    /// The first part of the log's index in memory; nil if there is no log.
    fileprivate var logIndex: UnsafeRawPointer? {
        guard let file = databaseFile, let methods = file.pointee.pMethods?.pointee, methods.iVersion >= 2,
            let map = methods.xShmMap
        else { return nil }
        var part: UnsafeMutableRawPointer?
        // SQLite mapped it before the transaction opened, so this maps nothing.
        guard map(file, 0, Self.indexPart, 0, &part) == SQLITE_OK else { return nil }
        return part.map { UnsafeRawPointer($0) }
    }

    /// How much of the index SQLite maps at a time, in bytes.
    private static let indexPart: CInt = 32_768
}
