import GRDB
import GRDBSQLite

/// What SQLite counts on in a database and its write-ahead log, and so how long the two files have to be at least.
///
/// Within a transaction that may write, only checkpoints of other processes change it, and only for the better: they copy
/// frames into the database.
struct LogState: Sendable {
    /// How long a page is, in bytes.
    let pageSize: Int64
    /// How many pages the database has, those that are in the log alone among them.
    let pages: Int64
    /// How many frames of the log count. Each holds a page.
    let frames: Int64
    /// How many of them, from the first, are in the database as well.
    let copiedFrames: Int64
}

extension LogState {
    /// Whether a log of this length has lost a frame that is nowhere else.
    ///
    /// The last frame that counts is not in the database before all are (SQLite, "File Format" §4).
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
    /// Reads it within a transaction, from the log's index as SQLite has it in memory (SQLite, "WAL-mode File Format" §2.1).
    ///
    /// Nil where SQLite does not give it. A checkpoint would, and writes to the database.
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
    /// The first part of the log's index in memory; nil where there is no log.
    fileprivate var logIndex: UnsafeRawPointer? {
        guard let file = databaseFile, let methods = file.pointee.pMethods?.pointee, methods.iVersion >= 2,
            let map = methods.xShmMap
        else { return nil }
        var part: UnsafeMutableRawPointer?
        // SQLite has mapped it before a transaction is open, so that this maps nothing.
        guard map(file, 0, Self.indexPart, 0, &part) == SQLITE_OK else { return nil }
        return part.map { UnsafeRawPointer($0) }
    }

    /// How much of the index SQLite maps at a time, in bytes.
    private static let indexPart: CInt = 32_768
}
